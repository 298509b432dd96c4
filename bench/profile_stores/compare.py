#!/usr/bin/env python3
"""Ways to keep profiles on a disk, each in a process of its own: what docs/adr/0031 was decided by.

A profile is 5,400 bytes that cannot be packed further. Rounds of changes of random shoppers, each ended by a
cut after which everything is durable; then random reads. Printed: seconds, bytes that the process handed to the
disk for one changed profile, bytes on the disk for one shopper, microseconds of a read, resident memory.

  python3 -m venv /tmp/stores && /tmp/stores/bin/pip install lmdb rocksdict
  /tmp/stores/bin/python bench/profile_stores/compare.py [shoppers] [rounds]

"segments" is the scheme of src/storage/profile_files in Python: append, keep places, write what is left of a
segment again when it is less than half. All are driven by Python, so compare them with each other.
"""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PROFILE_BYTES = 5_400
CHANGES = 50_000  # a round
READS = 20_000


class Segments:
    SEGMENT = 32 << 20
    REWRITES = 8

    def __init__(self, folder):
        self.folder, self.files, self.places, self.last = folder, {}, {}, 0
        self.open_next()

    def open_next(self):
        self.last += 1
        self.files[self.last] = os.open(f"{self.folder}/{self.last}", os.O_RDWR | os.O_CREAT)
        self.end = 0

    def put(self, person, value):
        if self.end >= self.SEGMENT:
            self.open_next()
        os.pwrite(self.files[self.last], value, self.end)
        self.places[person] = (self.last, self.end)
        self.end += len(value)

    def cut(self):
        for number in self.files:
            os.fsync(self.files[number])
        needed = {number: [] for number in self.files}
        for person, (number, _) in self.places.items():
            needed[number].append(person)
        closed = sorted((len(persons), number) for number, persons in needed.items() if number != self.last)
        for left, number in [one for one in closed if one[0] * PROFILE_BYTES < self.SEGMENT / 2][: self.REWRITES]:
            for person in needed[number]:
                self.put(person, self.get(person))
            os.close(self.files.pop(number))
            os.remove(f"{self.folder}/{number}")

    def get(self, person):
        number, place = self.places[person]
        return os.pread(self.files[number], PROFILE_BYTES, place)


class Sqlite:
    def __init__(self, folder):
        self.db = sqlite3.connect(f"{folder}/profiles.db", isolation_level=None)
        self.db.execute("PRAGMA page_size = 16384")
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        self.db.execute("PRAGMA secure_delete = ON")
        self.db.execute("CREATE TABLE profiles(person BLOB PRIMARY KEY, fold BLOB)")
        self.db.execute("BEGIN")

    def put(self, person, value):
        self.db.execute("INSERT OR REPLACE INTO profiles VALUES(?, ?)", (person, value))

    def cut(self):
        self.db.execute("COMMIT")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.execute("BEGIN")

    def get(self, person):
        return self.db.execute("SELECT fold FROM profiles WHERE person = ?", (person,)).fetchone()[0]


class Lmdb:
    def __init__(self, folder):
        import lmdb

        self.env = lmdb.open(folder, map_size=1 << 36)
        self.writing = self.env.begin(write=True)

    def put(self, person, value):
        self.writing.put(person, value)

    def cut(self):
        self.writing.commit()
        self.writing = self.env.begin(write=True)

    def get(self, person):
        return self.writing.get(person)


class Rocks:
    def __init__(self, folder):
        from rocksdict import Options, Rdict, WriteOptions

        options = Options(raw_mode=True)
        options.create_if_missing(True)
        options.set_write_buffer_size(32 << 20)
        self.db = Rdict(f"{folder}/db", options)
        writing = WriteOptions()
        writing.disable_wal = True
        self.db.set_write_options(writing)

    def put(self, person, value):
        self.db[person] = value

    def cut(self):
        self.db.flush()

    def get(self, person):
        return self.db[person]


STORES = {"segments": Segments, "sqlite": Sqlite, "lmdb": Lmdb, "rocksdb": Rocks}


def written_bytes():
    with open("/proc/self/io") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))


def folder_bytes(folder):
    return sum(os.stat(os.path.join(at, name)).st_blocks * 512 for at, _, names in os.walk(folder) for name in names)


def measure(name, shoppers, rounds):
    rng = random.Random(7)
    persons = [rng.randbytes(16) for _ in range(shoppers)]
    noise = rng.randbytes(1 << 20)

    def value():
        at = rng.randrange(len(noise) - PROFILE_BYTES)
        return noise[at : at + PROFILE_BYTES]

    folder = tempfile.mkdtemp(dir=os.environ.get("TMPDIR", "/tmp"))
    try:
        store = STORES[name](folder)
        for number, person in enumerate(persons):
            store.put(person, value())
            if number % CHANGES == CHANGES - 1:
                store.cut()
        store.cut()
        before, begun = written_bytes(), time.monotonic()
        for _ in range(rounds):
            for _ in range(CHANGES):
                store.put(rng.choice(persons), value())
            store.cut()
        seconds = time.monotonic() - begun
        written = (written_bytes() - before) / (rounds * CHANGES)
        begun = time.monotonic()
        for _ in range(READS):
            store.get(rng.choice(persons))
        read_us = (time.monotonic() - begun) / READS * 1e6
        resident_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name:9} {seconds:7.1f} s   {written / 1000:6.1f} kB written a change   "
            f"{folder_bytes(folder) / shoppers / 1000:5.1f} kB a shopper   {read_us:6.1f} us a read   {resident_mb:6.0f} MB",
            flush=True,
        )
    finally:
        shutil.rmtree(folder)


def main():
    shoppers = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    if len(sys.argv) > 3:
        return measure(sys.argv[3], shoppers, rounds)
    print(f"{shoppers} shoppers, {rounds} rounds of {CHANGES} changes")
    for name in STORES:  # each in its own process: their memory is theirs
        subprocess.run([sys.executable, __file__, str(shoppers), str(rounds), name], check=True)


if __name__ == "__main__":
    main()
