"""Write the bill of materials: what is installed to run the site, in CycloneDX 1.6.

It is made from the lock, the licences we have read, and what the packages say of one another. No time, number, path or
address of this machine gets in: the same checkout gives the same file everywhere.

`python -m tools.sbom FILE` writes it.
"""

import sys
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tools.packages import OURSELVES, PROJECT, Pin, asked_by, read_licences, read_lock


def sbom() -> str:
    """Give the bill as JSON."""
    bom = Bom()
    bom.metadata.component = ourselves = Component(
        type=ComponentType.APPLICATION,
        name=OURSELVES,
        version=PROJECT["version"],
        bom_ref=OURSELVES,
        description=PROJECT["description"],
        licenses=[LicenseFactory().make_from_string(PROJECT["license"])],
    )
    licences = read_licences()
    components = [_component(pin, licences[pin.name]["licence"]) for pin in read_lock("run")]
    bom.components.update(components)
    asking = asked_by(PROJECT["dependencies"])
    for component in (ourselves, *components):
        needed = [other for other in components if component.name in asking[other.name]]
        bom.register_dependency(component, needed)
    # The library makes these by chance and by the clock; a bill is the same each time without them.
    bom.serial_number = None  # type: ignore[assignment]
    bom.metadata.timestamp = None  # type: ignore[assignment]
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(pin: Pin, licence: str) -> Component:
    """Describe a package; a digest for each of its files, of which every machine installs one."""
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=pin.name,
        version=pin.version,
        bom_ref=str(purl),
        purl=purl,
        licenses=[LicenseFactory().make_from_string(licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.sha256],
    )


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: python -m tools.sbom FILE", file=sys.stderr)
        return 2
    Path(arguments[0]).write_text(sbom(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
