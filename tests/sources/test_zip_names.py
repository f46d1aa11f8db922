import io
import zipfile

from detente.settings import Settings
from detente.sources.gather import gather


def test_a_member_without_a_name_stops_nothing(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "Norland demanded on Monday that Sudmark open the northern bridge.")
        archive.writestr("n.txt", "of no name")
    nameless = held.getvalue()
    # the second member's name, told to be of no length in the list at the end
    at = nameless.rindex(b"PK\x01\x02")
    cut = nameless[: at + 28] + b"\0\0" + nameless[at + 30 : at + 46] + nameless[at + 51 :]
    end = cut.rindex(b"PK\x05\x06")
    size = int.from_bytes(cut[end + 12 : end + 16], "little") - 5
    whole = cut[: end + 12] + size.to_bytes(4, "little") + cut[end + 16 :]
    path = tmp_path / "a.zip"
    path.write_bytes(whole)
    with zipfile.ZipFile(path) as archive:
        assert [member.filename for member in archive.infolist()] == ["a.txt", ""]
    found = {one.file.split("/")[-1] for one in gather([path], Settings())}
    assert "a.txt" in found
    assert len(found) == 2
