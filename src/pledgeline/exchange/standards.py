"""Where the texts of outside standards lie: a folder that whoever runs the program names. None ship with it."""

from pathlib import Path

from pledgeline.programme.sentences import Sentence, sentence

VARIABLE = "PLEDGELINE_STANDARDS"
"""The variable of the environment that names the folder; a door reads it."""


class NoStandards(Exception):
    """The texts of a standard are not there; `said` says what to do."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


def standard_folder(standard: str, folder: str) -> Path:
    """Find the texts of a standard, such as `ocds`, in the folder that the variable names.

    Raises:  NoStandards
    """
    if not folder:
        raise NoStandards(sentence("standards.not-set", variable=VARIABLE, standard=standard))
    found = Path(folder) / standard
    try:
        is_there = found.is_dir()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise NoStandards(
            sentence("standards.no-folder", variable=VARIABLE, standard=standard, folder=folder[:200])
        )
    return found
