"""The Markdown file is the database, git is its journal."""

__version__ = '0.1.0'
