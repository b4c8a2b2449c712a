"""What is printed, a file a format. Nothing here decides anything."""

LINT_FORMATS = ('full', 'concise', 'json', 'json-lines', 'github', 'gitlab', 'sarif')
