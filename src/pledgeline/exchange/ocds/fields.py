"""A release held against the fields that the standard has: others, deprecated ones, empty ones, and codes.

The schema allows any further field and any code of an open list. Data that nobody understands is no error there;
it is said all the same, once for each field, with how often it is there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from pledgeline.exchange.ocds.catalogue import Objection, Path
from pledgeline.exchange.ocds.schema import code_not_there
from pledgeline.exchange.ocds.standard import Schema, Standard
from pledgeline.programme.sentences import Param, Sentence, sentence


class Fields:
    """Collects what is found in many releases, so that a field of a thousand releases is one finding."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._first: dict[tuple[str, ...], tuple[Path, str, Mapping[str, Param], str]] = {}
        self._times: Counter[tuple[str, ...]] = Counter()

    @property
    def objections(self) -> Iterator[Objection]:
        for key, (path, code, params, excerpt) in self._first.items():
            said = Sentence(code, {**params, "times": self._times[key]})
            yield Objection(path=path, said=said, excerpt=excerpt)

    def look(self, release: object, path: Path) -> None:
        """Walk a release along the schema; what has another form than the schema says is not walked into."""
        self._walk(release, self._standard.release, path)

    def _note(self, code: str, path: Path, excerpt: str = "", **params: Param) -> None:
        key = (code, *(part for part in path if isinstance(part, str)), str(params.get("value", "")))
        self._times[key] += 1
        if key not in self._first:
            self._first[key] = (path, code, params, excerpt)

    def _resolved(self, schema: Schema) -> Schema:
        ref = schema.get("$ref")
        if not isinstance(ref, str):
            return schema
        found: object = self._standard.release
        for part in ref.removeprefix("#/").split("/"):
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
        return found if isinstance(found, Mapping) else {}

    def _walk(self, value: object, schema: Schema, path: Path) -> None:
        whole = self._resolved(schema)
        if isinstance(value, list):
            items = whole.get("items")
            for place, item in enumerate(value):
                if isinstance(items, Mapping):
                    self._walk(item, items, (*path, place))
            self._codes(value, whole, path)
        elif isinstance(value, Mapping):
            self._object(value, whole, path)
        else:
            self._codes([value], whole, path)

    def _object(self, value: Mapping[str, object], schema: Schema, path: Path) -> None:
        known = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        for name, inner in value.items():
            at = (*path, name)
            if inner is None or inner == "" or inner == [] or inner == {}:
                self._note("ocds.empty", at, field=name[:80])
            if name in known:
                self._deprecated(known[name], name, at)
                self._walk(inner, known[name], at)
            elif known and not any(re.match(pattern, name) for pattern in patterns):
                self._additional(name, list(known), at)

    def _additional(self, name: str, known: list[str], at: Path) -> None:
        of = next(
            (key for key, extension in self._standard.extensions.items() if name in extension.fields), ""
        )
        close = get_close_matches(name, known, n=1, cutoff=0.8) if len(name) < 100 else []
        if close:
            self._note("ocds.additional-field.close", at, field=name, close=close[0])
        elif of:
            self._note("ocds.additional-field.extension", at, field=name[:80], extension=of)
        else:
            self._note("ocds.additional-field", at, field=name[:80])

    def _deprecated(self, schema: Schema, name: str, at: Path) -> None:
        old = schema.get("deprecated")
        if isinstance(old, Mapping):
            version = str(old.get("deprecatedVersion", ""))
            self._note("ocds.deprecated.field", at, field=name, version=version)

    def _codes(self, values: list[object], schema: Schema, path: Path) -> None:
        codelist = self._standard.codelists.get(str(schema.get("codelist", "")))
        if codelist is None:
            return
        field = str(next((part for part in reversed(path) if isinstance(part, str)), ""))
        for value in values:
            if not isinstance(value, str) or not value:
                continue
            if value in codelist.deprecated:
                self._note("ocds.deprecated.code", path, excerpt=value, field=field, value=value[:80])
            if schema.get("openCodelist") and value not in codelist.codes:
                said = code_not_there("ocds.additional-code", field, value, sorted(codelist.codes))
                self._note(said.code, path, excerpt=value, **said.params, value=value[:80])


def no_section(release: Mapping[str, object], path: Path) -> Iterator[Objection]:
    """Say which stages the tag of a release announces of which it has nothing."""
    tags = release.get("tag")
    sections = {"planning": "planning", "tender": "tender", "award": "awards", "contract": "contracts"}
    for tag in tags if isinstance(tags, list) else ():
        section = sections.get(tag if isinstance(tag, str) else "")
        if section and not release.get(section):
            yield Objection(path=(*path, "tag"), said=sentence("ocds.no-section", tag=tag, field=section))
