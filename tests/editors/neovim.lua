-- What a person does with a tracker in Neovim 0.7; each answer is a line of standard output.
local function say(text) io.stdout:write(text, '\n') end

local function wait(what, is_there)
  if not vim.wait(30000, is_there, 20) then
    say('in vain: ' .. what)
    vim.cmd('cquit')
  end
end

-- Choose from the menu of code actions what begins with *title*, on *line*.
local function act(line, title)
  local changed = vim.api.nvim_buf_get_changedtick(0)
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      if vim.startswith(options.format_item(item), title) then return choose(item) end
    end
    say('not offered: ' .. title)
    choose(nil)
  end
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  vim.lsp.buf.code_action()
  wait(title, function() return vim.api.nvim_buf_get_changedtick(0) ~= changed end)
  say(vim.api.nvim_get_current_line())
end

local function codes()
  return table.concat(vim.tbl_map(function(found)
    return found.code .. ' on line ' .. found.lnum + 1
  end, vim.diagnostic.get(0)), ', ')
end

-- The windows that hover opened.
local function beside()
  return vim.tbl_filter(function(window)
    return vim.api.nvim_win_get_config(window).relative ~= ''
  end, vim.api.nvim_list_wins())
end

-- The line there that tells a date.
local function dated()
  for _, window in ipairs(beside()) do
    local buffer = vim.api.nvim_win_get_buf(window)
    for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      if line:find('^completed %a') then return line end
    end
  end
end

dofile(vim.env.SETTINGS)
vim.cmd('edit ROADMAP.md')

wait('diagnostics', function() return codes() ~= '' end)
say(codes())
act(6, 'Fix RM102')
act(4, 'Tick')
wait('no diagnostics', function() return codes() == '' end)

vim.api.nvim_win_set_cursor(0, { 3, 0 })
wait('the date', function()
  -- asked again while it is open, hover goes into its window
  for _, window in ipairs(beside()) do vim.api.nvim_win_close(window, true) end
  vim.lsp.buf.hover()
  vim.wait(5000, function() return #beside() > 0 end, 20)
  return dated()
end)
say(dated())

vim.lsp.buf.document_symbol()
wait('symbols', function() return #vim.fn.getqflist() > 0 end)
for _, symbol in ipairs(vim.fn.getqflist()) do say(symbol.text) end

vim.cmd('1wincmd w')
vim.cmd('silent write')
vim.lsp.stop_client(vim.lsp.get_active_clients())
wait('the end', function() return #vim.lsp.get_active_clients() == 0 end)
vim.cmd('qall!')
