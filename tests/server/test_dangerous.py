"""What no module of the site does: whoever needs one of these names the module here, and says why.

The code is read, not run: what is not written anywhere cannot be reached by any request.
"""

import ast
import re
from functools import cache

from tests.source import ROOM, modules, nodes


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    """Give every call in every module with the name that is called, as it is written."""
    return [
        (module, ast.unparse(node.func), node)
        for module, in_module in nodes().items()
        for node in in_module
        if isinstance(node, ast.Call)
    ]


STARTS_PROGRAMS = {
    "evidence/reading/pdf.py": "reads a PDF within bounds of time and memory: a file of ours, no word of somebody else",
    "cli/worker_beside.py": "starts a worker, which is this program, with words of its own",
}
OPENS_CONNECTIONS = {
    "actions/webhook_sending.py": "sends messages to addresses that an administrator named, on the open internet",
    "client.py": "runs elsewhere, in a program of somebody who asks this site; no part of the site imports it",
    "cli/asking.py": "asks an extractor on this machine, or at an address that PLEDGELINE_EXTRACTORS names",
    "cli/up.py": "asks its own workers whether they answer",
    "jobs/heartbeat.py": "asks for the name of this machine",
    "web/sign_in/provider.py": "asks the provider of OpenID Connect that vouches for people, and nobody else",
}
ASKS_THE_DATABASE = {
    "actions/parties.py": "locks the table of parties",
    "actions/people.py": "locks the table of accounts",
    "audit/guards.py": "asks which guards of the trail are in place",
    "jobs/clock.py": "asks for the time",
    "jobs/connecting.py": "says how long to wait for another writer",
}
"""Statements stand in the rooms `records` and `operation`; these modules say one each."""

ONLY_DIFFERENT = {
    "client.py": "the key of a write, so that one that is sent again is done once",
    "records/snapshot.py": "compares what programmes.py made",
    "records/models/programmes.py": "tells one state of a record from the next",
    "web/books/record.py": "the key of a form, so that a button pressed twice enters once",
}
MARKS_AS_SAFE = {
    "web/books/columns.py": "a class of our own",
    "web/books/pictures.py": "SVG that charts/ drew and escaped",
    "web/chain/labels.py": "SVG that qrcode drew: a text is in it as squares alone",
    "web/chain/progress_pictures.py": "SVG that charts/ drew and escaped",
    "web/columns.py": "a class, and a line break, of our own",
    "web/guarantees/pictures.py": "SVG that charts/ drew and escaped",
    "web/pictures.py": "SVG that charts/ drew and escaped",
    "web/help/notes.py": "HTML that markdown-it wrote of texts of ours, with raw HTML switched off",
    "web/planning/pictures.py": "SVG that charts/ drew and escaped",
    "web/reports/cards.py": "elements of our own; every text in them is escaped",
    "web/reports/comparing.py": "SVG that charts/ drew and escaped",
    "web/reports/marked.py": "elements of our own; every text in them is escaped",
    "web/templatetags/chain.py": "a line break of our own",
    "web/table_cards.py": "what a template wrote, or markdown-it without raw HTML; and its headings as text",
}


@cache
def imported(module: str) -> set[str]:
    names = set()
    for node in nodes()[module]:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def importing(*names: str) -> set[str]:
    return {module for module in modules() if imported(module) & set(names)}


def calling(pattern: str) -> set[str]:
    return {module for module, name, _ in calls() if re.fullmatch(pattern, name)}


def test_the_whole_program_is_read():
    assert len(modules()) > 300


def test_no_text_becomes_code():
    assert set() == calling(r"eval|exec|compile|__import__|builtins\..*")


def test_nothing_is_read_that_could_bring_code_along():
    """Bytes of these forms make objects of any class; what is read here is JSON, TOML, CSV and XML."""
    assert set() == importing("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle", "joblib")


def test_no_shell_is_asked():
    assert set() == calling(r"os\.(system|popen|exec.*|spawn.*)|subprocess\.(getoutput|getstatusoutput)")
    with_a_shell = {
        module for module, _, call in calls() if any(word.arg == "shell" for word in call.keywords)
    }
    assert set() == with_a_shell


def test_programs_are_started_where_it_says_so():
    assert set(STARTS_PROGRAMS) >= importing("subprocess")


def test_nothing_reaches_out_of_the_machine_but_where_it_says_so():
    """A page, a file or a form cannot make the site ask another: there is nothing it could ask with."""
    clients = "socket http.client urllib.request requests httpx aiohttp urllib3 smtplib ftplib telnetlib imaplib poplib"

    assert set(OPENS_CONNECTIONS) >= importing(*clients.split())


def test_what_nobody_may_guess_comes_from_the_system():
    """`random` can be foretold from what it gave; a UUID holds fewer bits than it shows, and is no secret."""
    assert set() == importing("random") | calling(r"(np|numpy)\.random\..*|(uuid\.)?uuid[135]")
    assert set(ONLY_DIFFERENT) == {module for module in importing("uuid") if "/migrations/" not in module}


def test_no_digest_is_of_a_broken_kind():
    assert set() == calling(r"hashlib\.(md5|sha1)|md5|sha1") | importing("hashlib.md5", "hashlib.sha1")


def test_templates_are_files_of_ours_and_never_texts_of_somebody():
    assert set() == calling(r".*\.from_string|(.*\.)?Engine") | importing("jinja2", "mako")
    assert {"charts/look.py"} == calling(r"(.*\.)?Template"), (
        "the style sheet of the charts, of a text of ours"
    )


def test_what_is_not_escaped_is_ours():
    assert set(MARKS_AS_SAFE) == calling(r"mark_safe|SafeString")
    unescaped = {
        path.name
        for path in ROOM.rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+off", path.read_text("utf-8"))
    }
    assert {"_form.html"} == unescaped, "the help of a field, which Django itself marks as safe"


def test_pages_hold_no_script_and_no_style_of_their_own():
    """The policy that goes with each page would not run one; none is there to be missed.

    What a script of a file reads, as JSON, is not run.
    """
    script = r"<script(?![^>]*\b(src=|type=.application/json))"
    inline = script + r"|<style\b|\sstyle=|\son(click|load|error|submit|input|change|key\w+|mouse\w+)="

    assert [] == [path.name for path in ROOM.rglob("*.html") if re.search(inline, path.read_text("utf-8"))]


KEEPS = {
    "receive.js": "what was counted without a signal, until it is sent",
    "photos.js": "photographs that were chosen meanwhile, until they are sent",
}


def test_scripts_of_ours_write_no_markup_keep_nothing_and_listen_to_no_other_window():
    scripts = list((ROOM / "web" / "static" / "pledgeline").glob("*.js"))
    dangerous = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setTimeout\(\s*[\"']|postMessage"
        r"|\"message\"|sessionStorage|document\.cookie|__proto__|callback=|javascript:"
    )

    assert scripts
    assert [] == [path.name for path in scripts if re.search(dangerous, path.read_text("utf-8"))]
    assert set(KEEPS) == {
        path.name for path in scripts if re.search(r"localStorage|indexedDB\.open", path.read_text("utf-8"))
    }


def test_no_archive_is_unpacked_onto_the_disk():
    assert set() == calling(r".*\.extract(all)?|shutil\.unpack_archive")


def test_statements_of_the_database_are_written_in_two_rooms_and_hold_no_value():
    """What a person typed travels beside a statement; one that is put together is put together of our own names."""
    outside = {
        module
        for module in calling(r".*\.(cursor|raw|extra|executescript)|RawSQL")
        if not module.startswith(("records/", "operation/"))
    }
    assert outside <= set(ASKS_THE_DATABASE)
    with_a_value_in_quotes = {
        module
        for module, in_module in nodes().items()
        for node in in_module
        if isinstance(node, ast.JoinedStr)
        and re.search(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE)\b.*'\{", ast.unparse(node))
    }
    assert set() == with_a_value_in_quotes


def test_patterns_and_formats_are_written_by_us():
    """A pattern that somebody else writes can stand still for ever; a format can read what it should not."""
    put_together = {
        module
        for module, name, call in calls()
        if re.fullmatch(r"re\.(compile|match|fullmatch|search|sub|split|findall|finditer)", name)
        and any(isinstance(part, ast.FormattedValue) for part in ast.walk(call.args[0]))
    }
    assert set(PATTERNS_OF_PARTS) == put_together
    formats = {
        module
        for module, _, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("format", "format_map")
        and not isinstance(call.func.value, ast.Constant | ast.Name)
    }
    assert set() == formats


PATTERNS_OF_PARTS = {
    "evidence/finding/amounts.py": "words of our data, escaped",
    "evidence/finding/days.py": "names of months and days of our data, escaped",
    "evidence/finding/quotations.py": "verbs of our data, and a name of a report, escaped",
    "evidence/finding/speakers.py": "letters of ours",
    "evidence/finding/words.py": "words of our data, and names somebody gave, escaped",
    "evidence/reading/facts.py": "words of our data",
    "evidence/reading/texts.py": "signs of ours",
    "exchange/bank/csv_files.py": "one of a few signs that a dialect may choose, escaped",
    "exchange/record/settings.py": "a key, escaped",
    "exchange/workbook/mark.py": "the prefix of a namespace, which is letters and digits alone, and names of ours",
    "programme/toml.py": "a number of ours",
}
