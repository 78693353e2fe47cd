"""`travelsec checklist packs`: list the packs that come with travelsec."""

from __future__ import annotations

from pathlib import Path

from travelsec.cli.exit_codes import READY
from travelsec.cli.options import PlainOption, TextOrJsonOption, wants_json
from travelsec.cli.output import print_document, print_json
from travelsec.folders import PACKS
from travelsec.pack.folder import bundled_folder, optional_packs, overlays, read_files
from travelsec.problems import InputError
from travelsec.results.packs import SCHEMA, ShippedPack, ShippedPacks, blocks


def packs(format_: TextOrJsonOption = "text", plain: PlainOption = False) -> int:
    """List the packs that come with travelsec: what each covers, and whether it is in force.

    The bundled pack always is. An optional pack is in force where --pack or TRAVELSEC_PACKS names
    it.
    """
    in_json = wants_json(format_)
    folders = [bundled_folder(), *optional_packs().values()]
    shipped = ShippedPacks(SCHEMA, tuple(map(_shipped_pack, folders)))
    if in_json:
        print_json(shipped)
    else:
        print_document(blocks(shipped), plain=plain, whole_words=True)
    return READY


def _shipped_pack(folder: Path) -> ShippedPack:
    """Return what a pack says of itself, and what puts it in force.

    Raises:
        InputError: its files have faults.
    """
    from travelsec.pack.parse import parse_pack

    parsed = parse_pack(str(folder), read_files(folder, bundled_folder()))
    if parsed.info is None or parsed.problems:
        raise InputError(parsed.problems)
    info = parsed.info.value
    is_optional = folder != bundled_folder()
    is_named = folder in {path.resolve() for path in overlays()}
    return ShippedPack(
        id=info.id,
        version=info.version,
        title=info.title,
        covers=info.covers,
        optional=is_optional,
        in_force=is_named or not is_optional,
        set_by=PACKS if is_named else "",
    )
