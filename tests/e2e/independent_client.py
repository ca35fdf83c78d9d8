# SPDX-License-Identifier: Apache-2.0
"""A client of the Muster bus in another language, written from PROTOCOL.md and the schemas alone.

It walks through a session as a ministry and as an officer would, and fails at the first answer that the page does
not promise. All data are fictional. `flatc --python -o GENERATED schemas/fbs/*.fbs` makes the modules it reads with.

  independent_client.py --exercise DIR --generated GENERATED --protocol schemas/PROTOCOL.md
"""

import argparse
import hashlib
import importlib
import pathlib
import re
import struct
import sys
import time
import tomllib

import flatbuffers
import zmq
from nacl.bindings import crypto_scalarmult_base
from nacl.signing import SigningKey, VerifyKey
from zmq.utils import z85
from zmq.utils.monitor import recv_monitor_message

HELLO, WELCOME, PUBLISH, ACK, NACK, PING, PONG, BYE = range(1, 9)
REQUEST, CHUNK, REFUSAL = 0x20, 0x21, 0x22
VERSION = 1
REFUSED = 2
ANSWER_WITHIN_MS = 10_000
NO_HASH = bytes(32)


def check(true, what):
    """Stops the run, because every later step rests on the earlier ones."""
    if not true:
        raise SystemExit(f"independent client: not as the protocol says: {what}")
    print(f"ok  {what}")


def now():
    return time.time_ns() // 1000


# ---- FlatBuffers ----------------------------------------------------------------------------------------------------

def schema(name):
    """The generated module of a table, a struct or an enumeration."""
    return importlib.import_module(f"muster.fbs.{name}")


def table(builder, name, **fields):
    """Writes a table. A struct stands inside its table, so it is given as a function that is called in between."""
    module = schema(name)
    module.Start(builder)
    for field, value in fields.items():
        add = getattr(module, "Add" + "".join(word.capitalize() for word in field.split("_")))
        add(builder, value(builder) if callable(value) else value)
    return module.End(builder)


def vector(builder, offsets):
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):  # FlatBuffers are written from the back to the front.
        builder.PrependUOffsetTRelative(offset)
    return builder.EndVector()


def octets(kind, value):
    """A struct of octets, such as a Hash or a Signature."""
    return lambda builder: getattr(schema(kind), f"Create{kind}")(builder, value)


def finish(builder, root, identifier=None):
    builder.Finish(root, identifier)
    return bytes(builder.Output())


def read(name, body):
    return getattr(schema(name), name).GetRootAs(body)


def each(owner, field):
    return [getattr(owner, field)(i) for i in range(getattr(owner, field + "Length")())]


def union(name, owner):
    """The member of a union, which FlatBuffers hand out as a table without a type."""
    value = getattr(schema(name), name)()
    value.Init(owner.Body().Bytes, owner.Body().Pos)
    return value


# ---- Keys and what is signed (§1, §5) --------------------------------------------------------------------------------

def key_file(path):
    """A key file holds 64 hexadecimal digits: a CURVE secret key, or the seed of an Ed25519 key."""
    key = bytes.fromhex(pathlib.Path(path).read_text().strip())
    check(len(key) == 32, f"{path.name} of {path.parent.name} holds 32 octets")
    return key


def signed_layout(node, first_seq, prev_hash, issued_at, reports):
    name = node.encode()
    return (b"muster/envelope/1\0" + struct.pack(">HB", VERSION, len(name)) + name + struct.pack(">Q", first_seq)
            + prev_hash + struct.pack(">qI", issued_at, len(reports))
            + b"".join(hashlib.sha256(report).digest() for report in reports))


def seal(key, node, first_seq, prev_hash, reports, issued_at):
    """An envelope, and the head of the node after it."""
    signed = signed_layout(node, first_seq, prev_hash, issued_at, reports)
    builder = flatbuffers.Builder(1024)
    sealed = vector(builder, [table(builder, "ReportBytes", bytes=builder.CreateByteVector(r)) for r in reports])
    root = table(builder, "Envelope", protocol_version=VERSION, node=0, first_seq=first_seq) if False else None
    return signed, sealed, root
