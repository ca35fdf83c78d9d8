# SPDX-License-Identifier: Apache-2.0
"""A client of the Muster bus in another language, written from PROTOCOL.md and the schemas alone.

It goes through a session as a ministry and then an officer would, and stops at the first answer that the page does not
promise. All data are fictional. The modules it reads messages with are made by

  flatc --python -o GENERATED schemas/fbs/*.fbs
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
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from zmq.utils import z85
from zmq.utils.monitor import recv_monitor_message

HELLO, WELCOME, PUBLISH, ACK, NACK, PING, PONG, BYE = range(0x01, 0x09)
REQUEST, CHUNK, REFUSAL = range(0x20, 0x23)
VERSION = 1
ANSWER_WITHIN_MS = 10_000
NO_HASH = bytes(32)  # The head of a node that has not sealed anything.


def check(true, what):
    """Stops the run, because every later step rests on the earlier ones."""
    if not true:
        sys.exit(f"independent client: not as the protocol says: {what}")
    print(f"ok  {what}")


def now():
    return time.time_ns() // 1000


# ---- FlatBuffers ----------------------------------------------------------------------------------------------------

def schema(name):
    """The generated module of a table, a struct or an enumeration."""
    return importlib.import_module(f"muster.fbs.{name}")


def code(enumeration, name):
    return getattr(getattr(schema(enumeration), enumeration), name)


def table(builder, name, **fields):
    """Writes a table. A struct stands inside its table, so it is given as a function that is called in between."""
    module = schema(name)
    module.Start(builder)
    for field, value in fields.items():
        add = getattr(module, "Add" + "".join(word.capitalize() for word in field.split("_")))
        add(builder, value(builder) if callable(value) else value)
    return module.End(builder)


def octets(kind, value):
    """A struct of octets: a Hash or a Signature."""
    return lambda builder: getattr(schema(kind), f"Create{kind}")(builder, value)


def vector(builder, offsets):
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):  # FlatBuffers are written from the back to the front.
        builder.PrependUOffsetTRelative(offset)
    return builder.EndVector()


def finish(builder, root, identifier=None):
    builder.Finish(root, identifier)
    return bytes(builder.Output())


def read(name, body):
    return getattr(schema(name), name).GetRootAs(body)


def each(owner, field):
    return [getattr(owner, field)(i) for i in range(getattr(owner, field + "Length")())]


def hash_of(value):
    return bytes(value.Bytes())


# ---- Keys, seals and tree heads (PROTOCOL.md §1 and §5) --------------------------------------------------------------

def key_file(path):
    """64 hexadecimal digits: a CURVE secret key, or the seed of an Ed25519 key."""
    key = bytes.fromhex(path.read_text().strip())
    check(len(key) == 32, f"{path.parent.name}/{path.name} holds a key of 32 octets")
    return key


def signed_layout(node, first_seq, prev_hash, issued_at, reports):
    name = node.encode()
    return b"".join([b"muster/envelope/1\0", struct.pack(">HB", VERSION, len(name)), name,
                     struct.pack(">Q", first_seq), prev_hash, struct.pack(">qI", issued_at, len(reports)),
                     *(hashlib.sha256(report).digest() for report in reports)])


def seal(key, node, first_seq, prev_hash, reports):
    """An Envelope, and the head of the node after it."""
    issued_at = now()
    signed = signed_layout(node, first_seq, prev_hash, issued_at, reports)
    builder = flatbuffers.Builder(1024)
    name = builder.CreateString(node)
    sealed = vector(builder, [table(builder, "ReportBytes", bytes=builder.CreateByteVector(r)) for r in reports])
    root = table(builder, "Envelope", protocol_version=VERSION, node=name, first_seq=first_seq,
                 prev_hash=octets("Hash", prev_hash), issued_at=issued_at, reports=sealed,
                 signature=octets("Signature", key.sign(signed).signature))
    return finish(builder, root, b"MSEN"), hashlib.sha256(signed).digest()


def tree_head_holds(key, head):
    """Whether the broker's signature is over exactly this size, root and time."""
    signed = b"muster/tree-head/1\0" + struct.pack(">Q", head.Size()) + hash_of(head.Root()) + struct.pack(">q", head.At())
    try:
        key.verify(signed, hash_of(head.Signature()))
        return True
    except BadSignatureError:
        return False


def merkle_root(leaves):
    """The tree hash of RFC 6962 §2.1: a node splits at the largest power of two below its size."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + merkle_root(leaves[:split]) + merkle_root(leaves[split:])).digest()


def check_worked_example(page):
    """The page's own example, computed again, so that a slip of the page or of this program shows before any socket."""
    lines = re.search(r"<!-- example:begin -->\n```\n(.*?)```", page.read_text(), re.DOTALL).group(1).splitlines()
    fields = {}
    for line in lines:
        name, value = line[:13].strip(), line[13:].strip()
        if not name:  # A value goes on in the next line without its name.
            fields[last] += value
        else:
            last, fields[name] = name, value
    key = SigningKey(bytes(range(32)))
    signed = signed_layout(fields["node"], int(fields["first_seq"]), bytes.fromhex(fields["prev_hash"]),
                           int(fields["issued_at"].split()[0]), [b"one", b"two"])
    check(key.verify_key.encode().hex() == fields["public key"], "the example's public key")
    check(signed.hex() == fields["signed"], "the example's signed octets")
    check(hashlib.sha256(signed).hexdigest() == fields["head"], "the example's head")
    check(key.sign(signed).signature.hex() == fields["signature"], "the example's signature")


# ---- A fictional unit -----------------------------------------------------------------------------------------------

UNIT = "KAZ:EX-INDEPENDENT-1"
COUNTS = {"authorised": 500, "assigned": 480, "attached_in": 20, "detached_out": 10, "present": 470, "deployable": 450}


def unit_statement(builder):
    unit, name = builder.CreateString(UNIT), builder.CreateString("Independent Example Battalion")
    pools = builder.CreateByteVector(bytes([code("ForcePool", "CRRF")]))
    body = table(builder, "Unit", unit=unit, name=name, component=code("Component", "MILITARY"),
                 element_kind=code("ElementKind", "COMBAT"), pools=pools, lifecycle=code("Lifecycle", "STANDBY"),
                 echelon=code("Echelon", "BATTALION"))
    return table(builder, "Statement", body_type=code("StatementBody", "Unit"), body=body)


def strength_statement(builder, **other_counts):
    """480 assigned + 20 in - 10 out = 490 on strength; 20 absent leave 470 present; 20 of those cannot deploy."""
    absent = vector(builder, [table(builder, "Absence", reason=code("AbsenceReason", "LEAVE"), count=20)])
    unfit = vector(builder, [table(builder, "NonDeployable", reason=code("NonDeployableReason", "MEDICAL_TEMP"), count=20)])
    unit = builder.CreateString(UNIT)
    body = table(builder, "Strength", unit=unit, absences=absent, non_deployable=unfit, **COUNTS | other_counts)
    return table(builder, "Statement", body_type=code("StatementBody", "Strength"), body=body)


def report(*statements):
    builder = flatbuffers.Builder(1024)
    written = vector(builder, [statement(builder) for statement in statements])
    root = table(builder, "Report", kind=code("ReportKind", "REGULAR"), valid_at=now(),
                 classification=code("Classification", "UNCLASSIFIED"), statements=written)
    return finish(builder, root, b"MSRP")


# ---- The bus (PROTOCOL.md §1 and §2) ---------------------------------------------------------------------------------

class Bus:
    """One DEALER socket. It sets no routing id, because the broker knows a peer by its CURVE key."""

    def __init__(self, context, endpoint, server_key, secret):
        self.socket = context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.curve_serverkey = z85.encode(server_key)
        self.socket.curve_secretkey = z85.encode(secret)
        self.socket.curve_publickey = zmq.curve_public(z85.encode(secret))
        self.monitor = self.socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_SUCCEEDED)
        self.socket.connect(endpoint)

    def handshake(self):
        """Whether the broker let this key in, and the ZAP status when it did not."""
        if not self.monitor.poll(ANSWER_WITHIN_MS):
            return None
        return recv_monitor_message(self.monitor)

    def send(self, kind, body):
        self.socket.send(b"MSTR" + bytes([VERSION, kind, 0, 0]) + body)

    def receive(self):
        """The type of the next message and its body."""
        if not self.socket.poll(ANSWER_WITHIN_MS):
            sys.exit("independent client: no answer in time")
        message = self.socket.recv_multipart()
        if len(message) != 1 or message[0][:5] != b"MSTR\x01" or message[0][6:8] != b"\0\0":
            sys.exit("independent client: an answer without the header of this version, or of more than one frame")
        return message[0][5], message[0][8:]

    def ask(self, kind, body, expected, name):
        """Sends and takes the one answer that is expected. Python has no FlatBuffers verifier: the broker is trusted."""
        self.send(kind, body)
        answered, answer = self.receive()
        if answered != expected:
            why = f": {read('Nack', answer).Code()} {read('Nack', answer).Message()}" if answered == NACK else ""
            sys.exit(f"independent client: {name} expected, but type {answered:#x} came{why}")
        return read(name, answer)

    def close(self):
        self.socket.disable_monitor()
        self.socket.close()


def hello(bus, node):
    builder = flatbuffers.Builder(128)
    name, software = builder.CreateString(node), builder.CreateString("independent client")
    root = table(builder, "Hello", protocol_version=VERSION, node=name, software=software)
    return bus.ask(HELLO, finish(builder, root), WELCOME, "Welcome")


def ping(bus, nonce):
    builder = flatbuffers.Builder(64)
    return bus.ask(PING, finish(builder, table(builder, "Ping", nonce=nonce, sent_at=now())), PONG, "Pong")


def findings(owner):
    return [(f.Rule(), f.Severity(), f.Statement(), f.Field(), f.Found(), f.Expected()) for f in each(owner, "Findings")]


def verdicts(ack):
    """What an ACK says, without the tree head, which is signed anew each time."""
    return ack.UpToSeq(), ack.LedgerSeq(), [(r.Seq(), r.Verdict(), findings(r)) for r in each(ack, "Reports")]


def question(bus, number, kind, **fields):
    """Asks, puts the chunks together in order, and gives the body of the Answer."""
    builder = flatbuffers.Builder(128)
    written = {name: builder.CreateByteVector(v) if isinstance(v, bytes) else v for name, v in fields.items()}
    query = table(builder, kind, **written)
    root = table(builder, "Request", id=number, deadline_ms=ANSWER_WITHIN_MS, query_type=code("Query", kind), query=query)
    bus.send(REQUEST, finish(builder, root))
    buffer, index, last = b"", 0, False
    while not last:
        answered, body = bus.receive()
        if answered == REFUSAL:
            sys.exit(f"independent client: refused: {read('Refusal', body).Code()} {read('Refusal', body).Message()}")
        chunk = read("Chunk", body)
        if (answered, chunk.Id(), chunk.Index()) != (CHUNK, number, index):
            sys.exit("independent client: a chunk of another answer or out of order")
        buffer += bytes(chunk.Bytes(i) for i in range(chunk.BytesLength()))
        index, last = index + 1, chunk.Last()
    check(schema("Answer").Answer.AnswerBufferHasIdentifier(buffer, 0), f"{index} chunk(s) make an Answer")
    answer, name = read("Answer", buffer), kind.replace("Query", "Answer")
    check(answer.BodyType() == code("AnswerBody", name), f"it is a {name}")
    body = getattr(schema(name), name)()
    body.Init(answer.Body().Bytes, answer.Body().Pos)
    return answer.Header(), body


