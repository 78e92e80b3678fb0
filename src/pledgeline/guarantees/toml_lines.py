"""On which line of a TOML file does a value stand?

The reader of the standard library gives values and forgets where they were; a finding without a
line sends a person searching through two hundred. So this walks over a text that is known to be
valid and notes the line of every key, table and array element.
"""

Path = tuple[str | int, ...]

_BARE_END = " \t\r\n=.,]}#"


def lines_of(text: str) -> dict[Path, int]:
    """Give the line of each value of a valid TOML text, counted from 1.

    Shape:   keys are paths such as `("obligations", 2, "deadline", "within")`; the empty path is line 1.

    >>> lines_of('a = 1\\n[[b]]\\nc = { d = [\\n 2] }')[("b", 0, "c", "d", 0)]
    4
    """
    return _Walk(text).whole()


class _Walk:
    """One pass over the characters; every method starts at `self.here` and leaves it behind what it took."""

    def __init__(self, text: str) -> None:
        # The standard reader turns CRLF into LF before it counts lines; so does this.
        self.text = text.replace("\r\n", "\n")
        self.here = 0
        self.line = 1
        self.lines: dict[Path, int] = {(): 1}
        self.tables: dict[Path, int] = {}

    def whole(self) -> dict[Path, int]:
        table: Path = ()
        while True:
            self._blank(newlines=True)
            if self.here >= len(self.text):
                return self.lines
            if self.text[self.here] == "[":
                table = self._header()
            else:
                self._pair(table)

    def _step(self, count: int = 1) -> None:
        self.line += self.text.count("\n", self.here, self.here + count)
        self.here += count

    def _blank(self, *, newlines: bool) -> None:
        """Pass over spaces and comments, and over ends of lines where they mean nothing."""
        while self.here < len(self.text):
            sign = self.text[self.here]
            if sign == "#":
                end = self.text.find("\n", self.here)
                self.here = len(self.text) if end < 0 else end
            elif sign in " \t" or (newlines and sign == "\n"):
                self._step()
            else:
                return

    def _header(self) -> Path:
        is_array = self.text.startswith("[[", self.here)
        line = self.line
        self._step(2 if is_array else 1)
        keys = self._dotted("]")
        self._step(2 if is_array else 1)
        path: Path = ()
        for key in keys[:-1]:
            path = self._inside((*path, key))
        path = (*path, keys[-1])
        self.lines.setdefault(path, line)
        if is_array:
            self.tables[path] = self.tables.get(path, -1) + 1
            path = (*path, self.tables[path])
        self.lines[path] = line
        return path

    def _inside(self, path: Path) -> Path:
        """A header that goes through an array of tables means its latest table."""
        self.lines.setdefault(path, self.line)
        return (*path, self.tables[path]) if path in self.tables else path

    def _dotted(self, end: str) -> list[str]:
        keys: list[str] = []
        while True:
            self._blank(newlines=False)
            sign = self.text[self.here]
            if sign == end:
                return keys
            if sign == ".":
                self._step()
            elif sign in "\"'":
                keys.append(self._string())
            else:
                start = self.here
                while self.text[self.here] not in _BARE_END:
                    self.here += 1
                keys.append(self.text[start : self.here])

    def _pair(self, table: Path) -> None:
        line = self.line
        keys = self._dotted("=")
        self._step()
        path = table
        for key in keys:
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._value(path)

    def _value(self, path: Path) -> None:
        self._blank(newlines=True)
        self.lines.setdefault(path, self.line)
        sign = self.text[self.here]
        if sign in "\"'":
            self._string()
        elif sign == "[":
            self._elements(path)
        elif sign == "{":
            self._inline(path)
        else:
            while self.here < len(self.text) and self.text[self.here] not in ",]}#\n":
                self.here += 1

    def _elements(self, path: Path) -> None:
        self._step()
        number = 0
        while True:
            self._blank(newlines=True)
            if self.text[self.here] == "]":
                return self._step()
            if self.text[self.here] == ",":
                self._step()
            else:
                self._value((*path, number))
                number += 1

    def _inline(self, path: Path) -> None:
        self._step()
        while True:
            self._blank(newlines=True)
            if self.text[self.here] == "}":
                return self._step()
            if self.text[self.here] == ",":
                self._step()
            else:
                self._pair(path)

    def _string(self) -> str:
        quote = self.text[self.here]
        fence = quote * 3 if self.text.startswith(quote * 3, self.here) else quote
        self._step(len(fence))
        start = self.here
        while not self.text.startswith(fence, self.here):
            self._step(2 if quote == '"' and self.text[self.here] == "\\" else 1)
        content = self.text[start : self.here]
        self._step(len(fence))
        while len(fence) == 3 and self.here < len(self.text) and self.text[self.here] == quote:
            self._step()  # up to two quotes may stand directly before the closing three
        return content
