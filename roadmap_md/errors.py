"""Errors that the user can mend."""


class UserError(Exception):
    """What is wrong and where, in one line, and the next step in *hint*; exit code 2.

    Nothing has been changed when it is raised, unless the message says so.
    """

    def __init__(self, message: str, hint: str = '') -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f'{self.message}: {self.hint}' if self.hint else self.message


def nowhere() -> UserError:
    """What to raise where the current directory does not exist."""
    return UserError('the current directory was deleted', 'go to one that exists, then try again')
