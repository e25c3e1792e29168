"""Where an SQLite file may lie: on a disk of this machine. Locks over the network lie, and then answers are lost."""

from __future__ import annotations

from pathlib import Path

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smbfs", "smb3", "afs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"}
) | {f"fuse.{name}" for name in ("ceph", "glusterfs", "sshfs", "davfs2", "s3fs", "rclone")}


class NetworkDisk(Exception):
    """An SQLite database on a network file system was asked for."""


def kind_of(path: Path, mounts: str) -> str:
    """The file system under `path`, read from the text of /proc/self/mountinfo; empty when it is not told."""
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if "-" not in fields:
            continue
        point = Path(fields[4].replace("\\040", " "))
        if len(point.parts) >= longest and path.is_relative_to(point):
            kind, longest = fields[fields.index("-") + 1], len(point.parts)
    return kind


def refuse_network_disk(path: Path) -> None:
    """NetworkDisk when the database file would lie on a network share. Where no mounts are told, nothing is refused."""
    mounts = Path("/proc/self/mountinfo")
    if not mounts.is_file():
        return
    kind = kind_of(path.resolve(), mounts.read_text(errors="replace"))
    if kind in NETWORK:
        raise NetworkDisk(
            f"{path} lies on a network file system ({kind}), where SQLite may lose what it promised to keep. "
            "Put the data folder on a disk of this machine, or set DATABASE_URL to a PostgreSQL server."
        )
