"""Refusal of SQLite files on network file systems, where locks are unreliable and answers would be lost."""

from __future__ import annotations

from pathlib import Path

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smbfs", "smb3", "afs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"}
) | {f"fuse.{name}" for name in ("ceph", "glusterfs", "sshfs", "davfs2", "s3fs", "rclone")}


class NetworkFileSystemError(Exception):
    """The SQLite database would be on a network file system."""


def kind_of(path: Path, mounts: str) -> str:
    """Returns the file system type under `path`, from the text of /proc/self/mountinfo; empty when it is unknown."""
    kind, longest = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if "-" not in fields:
            continue
        point = Path(fields[4].replace("\\040", " "))
        if len(point.parts) >= longest and path.is_relative_to(point):
            kind, longest = fields[fields.index("-") + 1], len(point.parts)
    return kind


def refuse_network_fs(path: Path) -> None:
    """Raises NetworkFileSystemError when the database file would be on a network share.

    Accepts any path on systems without /proc.
    """
    mounts = Path("/proc/self/mountinfo")
    if not mounts.is_file():
        return
    kind = kind_of(path.resolve(), mounts.read_text(errors="replace"))
    if kind in NETWORK:
        raise NetworkFileSystemError(
            f"{path} lies on a network file system ({kind}), where SQLite may lose what it promised to keep. "
            "Put the data folder on a disk of this machine, or set DATABASE_URL to a PostgreSQL server."
        )
