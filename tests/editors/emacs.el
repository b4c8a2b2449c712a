;;; What a person does with a tracker in Emacs 28; each answer is a line of standard output.  -*- lexical-binding: t -*-
(require 'package)
(package-initialize)
(load (getenv "SETTINGS"))
(require 'eglot)
(require 'flymake)

(defun say (text) (princ (concat text "\n")))

(defmacro wait-for (what form)
  "The value of FORM as soon as it has one."
  `(let ((end (+ (float-time) 30)) found)
     (while (and (not (setq found ,form)) (< (float-time) end))
       (accept-process-output nil 0.05))
     (unless found (say (concat "in vain: " ,what)) (kill-emacs 1))
     found))

(defun line-text () (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun to-line (number)
  (goto-char (point-min))
  (forward-line (1- number)))

(defun act (line title)
  "Choose from the menu of code actions what begins with TITLE, on LINE."
  (to-line line)
  (let ((before (buffer-chars-modified-tick))
        (completing-read-function
         (lambda (_ choices &rest _)
           (seq-find (lambda (choice) (string-prefix-p title choice))
                     (all-completions "" choices)))))
    (eglot-code-actions (line-beginning-position) (line-end-position) nil t)
    (wait-for title (/= before (buffer-chars-modified-tick))))
  (to-line line)
  (say (line-text)))

(defun codes ()
  (flymake-start)
  (mapconcat (lambda (found)
               (format "%s on line %d"
                       (replace-regexp-in-string ".*\\[\\(RM[0-9]+\\)\\].*" "\\1"
                                                 (flymake-diagnostic-text found))
                       (line-number-at-pos (flymake-diagnostic-beg found))))
             (flymake-diagnostics) ", "))

(setq eglot-sync-connect 30
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      last-nonmenu-event t)  ; the keyboard, not a mouse: code actions are chosen by name
(find-file "ROADMAP.md")
(text-mode)
(apply #'eglot (eglot--guess-contact))

(say (wait-for "diagnostics" (let ((found (codes))) (unless (equal found "") found))))
(act 6 "Fix RM102")
(act 4 "Tick")

(save-buffer)
(wait-for "no diagnostics" (equal (codes) ""))

(to-line 3)
(let (said)
  (cl-flet ((ask () (eglot-hover-eldoc-function (lambda (text &rest _) (setq said text)))))
    (ask)
    (say (wait-for "the date"
                   (when said
                     (if (string-match "^completed [A-Z].*" said)
                         (match-string 0 said)
                       (setq said nil)
                       (ask)
                       nil))))))

(eglot-shutdown (eglot-current-server))
