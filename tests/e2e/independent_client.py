# SPDX-License-Identifier: Apache-2.0
"""A client of the Muster bus in another language, written from PROTOCOL.md and the schemas alone.

It goes through a session as a ministry and then an officer would, and stops at the first answer that the page does not
promise. All data are fictional. `flatc --python -o GENERATED schemas/fbs/*.fbs` makes the modules that it reads and
writes messages with.
"""

import argparse
import collections
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
from nacl.signing import SigningKey
from zmq.utils import z85
from zmq.utils.monitor import recv_monitor_message

HELLO, WELCOME, PUBLISH, ACK, NACK, PING, PONG, BYE = range(0x01, 0x09)
REQUEST, CHUNK = 0x20, 0x21
VERSION = 1
ANSWER_WITHIN_MS = 10_000
NO_HASH = bytes(32)  # The head of a node that has not sealed anything.
UNIT = "KAZ:EX-INDEPENDENT-1"


def check(true, what):
    """Stops the run, because every later step rests on the earlier ones."""
    if not true:
        sys.exit(f"independent client: not as the protocol says: {what}")
    print(f"ok  {what}", flush=True)


# ---- FlatBuffers ----------------------------------------------------------------------------------------------------

class Table:
    """A table to be written: the name of its kind, and its fields as in the schema. What is not named is absent."""
    def __init__(self, kind, /, **fields):
        self.kind, self.fields = kind, fields


Octets = collections.namedtuple("Octets", "kind value")  # A struct of octets: a Hash or a Signature.


def schema(name):
    """The generated module of a table, a struct or an enumeration."""
    return importlib.import_module(f"muster.fbs.{name}")


def code(enumeration, name):
    return getattr(getattr(schema(enumeration), enumeration), name)


def write(builder, value):
    """Writes a value and gives its offset. What stands inside its table, a number or a struct, is given back as is."""
    if isinstance(value, str):
        return builder.CreateString(value)
    if isinstance(value, bytes):
        return builder.CreateByteVector(value)
    if isinstance(value, list):
        offsets = [write(builder, element) for element in value]
        builder.StartVector(4, len(offsets), 4)
        for offset in reversed(offsets):  # FlatBuffers are written from the back to the front.
            builder.PrependUOffsetTRelative(offset)
        return builder.EndVector()
    if not isinstance(value, Table):
        return value
    # The parts come first, because a table cannot be begun inside another one; only structs must stand in it.
    parts = {field: write(builder, part) for field, part in value.fields.items()}
    module = schema(value.kind)
    module.Start(builder)
    for field, part in parts.items():
        if isinstance(part, Octets):
            part = getattr(schema(part.kind), f"Create{part.kind}")(builder, part.value)
        getattr(module, "Add" + "".join(word.capitalize() for word in field.split("_")))(builder, part)
    return module.End(builder)


def encode(root, identifier=None):
    builder = flatbuffers.Builder(1024)
    builder.Finish(write(builder, root), identifier)
    return bytes(builder.Output())


def read(kind, body):
    """The root table. Python has no FlatBuffers verifier, so a client in Python has to trust its broker."""
    return getattr(schema(kind), kind).GetRootAs(body)


def each(owner, field):
    return [getattr(owner, field)(i) for i in range(getattr(owner, field + "Length")())]


def octets(value):
    return bytes(value.Bytes())


# ---- Keys, seals and tree heads (PROTOCOL.md §1 and §5) ------------------------------------------------------------

def key_file(path):
    """64 hexadecimal digits: a CURVE secret key, or the seed of an Ed25519 key."""
    return bytes.fromhex(path.read_text())


def signed_layout(node, first_seq, prev_hash, issued_at, reports):
    name = node.encode()
    return b"".join([b"muster/envelope/1\0", struct.pack(">HB", VERSION, len(name)), name,
                     struct.pack(">Q", first_seq), prev_hash, struct.pack(">qI", issued_at, len(reports)),
                     *(hashlib.sha256(report).digest() for report in reports)])


def seal(key, node, first_seq, prev_hash, *reports):
    """An Envelope, and the head of the node after it."""
    issued_at = time.time_ns() // 1000
    signed = signed_layout(node, first_seq, prev_hash, issued_at, reports)
    envelope = Table("Envelope", protocol_version=VERSION, node=node, first_seq=first_seq,
                     prev_hash=Octets("Hash", prev_hash), issued_at=issued_at,
                     reports=[Table("ReportBytes", bytes=report) for report in reports],
                     signature=Octets("Signature", key.sign(signed).signature))
    return encode(envelope, b"MSEN"), hashlib.sha256(signed).digest()


def is_signed_by(key, head):
    """Whether a tree head's signature is over exactly its size, root and time."""
    signed = b"".join([b"muster/tree-head/1\0", struct.pack(">Q", head.Size()), octets(head.Root()),
                       struct.pack(">q", head.At())])
    try:
        return key.verify(signed, octets(head.Signature())) == signed
    except BadSignatureError:
        return False


def merkle_root(leaves):
    """The tree hash of RFC 6962 §2.1: a tree splits at the largest power of two below its size."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + merkle_root(leaves[:split]) + merkle_root(leaves[split:])).digest()


def check_worked_example(page):
    """The page's own example, computed again, so that a slip of the page or of this program shows before any socket."""
    example = re.search(r"<!-- example:begin -->\n```\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL).group(1)
    fields = {}
    for line in example.splitlines():
        name = line[:13].strip() or name  # A line without a name goes on with the value of the one before.
        fields[name] = fields.get(name, "") + line[13:].strip()
    key = SigningKey(bytes(range(32)))
    signed = signed_layout(fields["node"], int(fields["first_seq"]), bytes.fromhex(fields["prev_hash"]),
                           int(fields["issued_at"].split()[0]), [b"one", b"two"])
    check(key.verify_key.encode().hex() == fields["public key"], "the example's public key")
    check(signed.hex() == fields["signed"], "the example's signed octets")
    check(hashlib.sha256(signed).hexdigest() == fields["head"], "the example's head")
    check(key.verify_key.verify(signed, bytes.fromhex(fields["signature"])) == signed
          and key.sign(signed).signature.hex() == fields["signature"], "the example's signature")


# ---- A fictional unit -----------------------------------------------------------------------------------------------

def unit(metrics=0):
    return Table("Unit", unit=UNIT, name="Independent Example Battalion", component=code("Component", "MILITARY"),
                 element_kind=code("ElementKind", "COMBAT"), pools=bytes([code("ForcePool", "CRRF")]),
                 lifecycle=code("Lifecycle", "STANDBY"), echelon=code("Echelon", "BATTALION"),
                 capabilities=[Table("Capability", tasks=bytes([1]), type=1, metrics=[
                     Table("Metric", name=f"fictional metric {number}", value=1.0) for number in range(metrics)])])


def strength(present=470):
    """480 assigned + 20 in - 10 out = 490 on strength = 470 present + 20 absent = 465 deployable + 25 who are not."""
    return Table("Strength", unit=UNIT, authorised=500, assigned=480, attached_in=20, detached_out=10, present=present,
                 deployable=465, absences=[Table("Absence", reason=code("AbsenceReason", "LEAVE"), count=20)],
                 non_deployable=[Table("NonDeployable", reason=code("NonDeployableReason", "MEDICAL_TEMP"), count=25)])


def report(*bodies):
    statements = [Table("Statement", body_type=code("StatementBody", body.kind), body=body) for body in bodies]
    return encode(Table("Report", kind=code("ReportKind", "REGULAR"), valid_at=time.time_ns() // 1000,
                        classification=code("Classification", "UNCLASSIFIED"), statements=statements), b"MSRP")


# ---- The bus (PROTOCOL.md §1 to §4, and §7) -----------------------------------------------------------------------

class Bus:
    """One DEALER socket. It sets no routing id, because the broker knows a peer by its CURVE key."""
    def __init__(self, context, endpoint, server_key, secret):
        self.socket = context.socket(zmq.DEALER)
        self.socket.linger = ANSWER_WITHIN_MS  # The last message, BYE, is still sent after close.
        self.socket.curve_serverkey = z85.encode(server_key)
        self.socket.curve_secretkey = z85.encode(secret)
        self.socket.curve_publickey = zmq.curve_public(z85.encode(secret))
        self.denials = self.socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH)
        self.socket.connect(endpoint)

    def send(self, kind, body):
        self.socket.send(b"MSTR" + bytes([VERSION, kind, 0, 0]) + body)

    def receive(self):
        """The type of the next message, and its body."""
        message = self.socket.recv_multipart() if self.socket.poll(ANSWER_WITHIN_MS) else []
        if len(message) != 1 or message[0][:5] != b"MSTR\x01" or message[0][6:8] != b"\0\0":
            sys.exit("independent client: no answer in time, or not one frame with the header of this version")
        return message[0][5], message[0][8:]

    def ask(self, kind, body, expected, name):
        """Sends, and takes the one answer that is expected."""
        self.send(kind, body)
        answered, answer = self.receive()
        if answered != expected:
            sys.exit(f"independent client: {name} expected, but type {answered:#x} came: {answer}")
        return read(name, answer)

    def close(self):
        self.socket.disable_monitor()
        self.denials.close()
        self.socket.close()


def refused(bus, envelope, name):
    """Publishes what the broker must not take, and gives the NACK."""
    nack = bus.ask(PUBLISH, envelope, NACK, "Nack")
    check(nack.Code() == code("NackCode", name), f"NACK {name}: {nack.Message().decode()}")
    return nack


def verdicts(ack):
    """The reports of which an ACK has something to say: their numbers, verdicts and findings."""
    return [(told.Seq(), told.Verdict(), [(f.Rule(), f.Field().decode(), f.Found().decode(), f.Expected().decode())
                                          for f in each(told, "Findings")]) for told in each(ack, "Reports")]


def question(bus, number, query):
    """Asks, puts the chunks together, and gives the header of the Answer, its body and the number of chunks."""
    bus.send(REQUEST, encode(Table("Request", id=number, deadline_ms=ANSWER_WITHIN_MS,
                                   query_type=code("Query", query.kind), query=query)))
    buffer, index, last = b"", 0, False
    while not last:
        answered, message = bus.receive()
        chunk = read("Chunk", message)
        if (answered, chunk.Id(), chunk.Index()) != (CHUNK, number, index):
            sys.exit(f"independent client: chunk {index} of answer {number} expected, but {message} came")
        buffer += bytes(each(chunk, "Bytes"))
        index, last = index + 1, chunk.Last()
    name = query.kind.replace("Query", "Answer")
    answer, body = read("Answer", buffer), getattr(schema(name), name)()
    check(buffer[4:8] == b"MSAN" and answer.BodyType() == code("AnswerBody", name),
          f"{index} chunk(s) of together {len(buffer)} octets make a {name}")
    body.Init(answer.Body().Bytes, answer.Body().Pos)
    return answer.Header(), body, index


# ---- The run --------------------------------------------------------------------------------------------------------

def publish_as_a_ministry(bus, node, key, broker_key):
    """The node's side of the ingest socket. Gives the newest tree head."""
    hello = encode(Table("Hello", protocol_version=VERSION, node=node, software="independent client"))
    welcome = bus.ask(HELLO, hello, WELCOME, "Welcome")
    check((welcome.ProtocolVersion(), welcome.HeadSeq(), octets(welcome.HeadHash())) == (VERSION, 0, NO_HASH),
          "WELCOME: this version, and nothing was published before")
    check(is_signed_by(broker_key, welcome.TreeHead()), "the tree head of the empty ledger is signed by the broker")
    pong = bus.ask(PING, encode(Table("Ping", nonce=2**64 - 2, sent_at=5)), PONG, "Pong")
    check((pong.Nonce(), pong.SentAt()) == (2**64 - 2, 5), "PONG gives back what PING said")
    first, head = seal(key, node, 1, NO_HASH, report(unit(), strength()))
    tampered = first.replace(b"Independent Example", b"Independent Exemple")  # Still a FlatBuffer, as long as it was.
    nack = refused(bus, tampered, "BAD_SIGNATURE")
    check((nack.Retryable(), nack.HeadSeq()) == (False, 0), "it is final, and nothing was stored")
    ack = bus.ask(PUBLISH, first, ACK, "Ack")
    check((ack.UpToSeq(), verdicts(ack)) == (1, []), "ACK 1: accepted without a finding")
    check(is_signed_by(broker_key, ack.TreeHead()), "its tree head is signed by the broker")
    second, head = seal(key, node, 2, head, report(strength()), report(strength()))
    ack = bus.ask(PUBLISH, second, ACK, "Ack")
    check((ack.UpToSeq(), verdicts(ack)) == (3, []), "ACK 3: two reports in an envelope chained to the first")
    large, head = seal(key, node, 4, head, report(unit(metrics=9000)))
    ack = bus.ask(PUBLISH, large, ACK, "Ack")
    check((ack.UpToSeq(), verdicts(ack)) == (4, []), f"ACK 4: a report of {len(large) >> 10} KiB travels alone")
    contradicting, head = seal(key, node, 5, head, report(strength(present=495)))
    ack = bus.ask(PUBLISH, contradicting, ACK, "Ack")
    check(ack.UpToSeq() == 5 and verdicts(ack)[0][:2] == (5, 2), "ACK 5: contradicting counts are kept and REFUSED")
    found = [f"V{rule} {field}: {what}; expected {expected}" for rule, field, what, expected in verdicts(ack)[0][2]]
    check([finding.split(":")[0] for finding in found] == ["V11 present", "V12 absences"], "; ".join(found))
    again = bus.ask(PUBLISH, contradicting, ACK, "Ack")
    check((again.UpToSeq(), again.LedgerSeq(), verdicts(again)) == (ack.UpToSeq(), ack.LedgerSeq(), verdicts(ack)),
          "the same bytes get the same ACK, and nothing is written")
    refused(bus, tampered, "BAD_SIGNATURE")
    refused(bus, seal(key, node, 1, NO_HASH, report(strength()))[0], "CONFLICT")
    refused(bus, seal(key, node, 6, NO_HASH, report(strength()))[0], "BROKEN_CHAIN")
    nack = refused(bus, seal(key, node, 9, head, report(strength()))[0], "GAP")
    check((nack.Retryable(), nack.HeadSeq(), octets(nack.HeadHash())) == (True, 5, head), "it says where to go on")
    welcome = bus.ask(HELLO, hello, WELCOME, "Welcome")
    check((welcome.HeadSeq(), octets(welcome.HeadHash())) == (5, head), "WELCOME: both computed the same head")
    return ack.TreeHead()


def ask_as_an_officer(bus, tree_head):
    """Combined strength, an answer in chunks, and the ledger, from which the root that was signed is computed again."""
    header, answer, _ = question(bus, 1, Table("StrengthQuery", group_by=bytes([code("Dimension", "NATION")])))
    check([each(row, "Key") for row in each(answer, "Rows")] == [[b"KAZ"]], "a row for the one nation that reported")
    figures = answer.Rows(0).Figures()
    check((figures.Units(), figures.Authorised(), figures.Assigned(), figures.OnStrength(), figures.Present(),
           figures.Deployable()) == (1, 500, 480, 490, 470, 465), "the figures are those accepted, not those refused")
    check(each(header, "NationsReporting") == [b"KAZ"] and b"RUS" in each(header, "NationsMissing"),
          "the header tells who has not reported")
    _, answer, chunks = question(bus, 2, Table("UnitQuery", unit=UNIT))
    newest = read("Report", bytes(each(answer, "Report")))
    check(chunks > 1 and newest.StatementsLength() == answer.StampsLength() == 2, "its two statements, in some chunks")
    _, tail, _ = question(bus, 3, Table("LedgerTailQuery", from_ledger_seq=1, count=100))
    leaves = [struct.pack(">Qq", row.LedgerSeq(), row.ReceivedAt()) + octets(row.ChainHash())
              + bytes(judged.Verdict() for judged in each(row, "Reports")) for row in each(tail, "Records")]
    check(len(leaves) == tree_head.Size() == 4, "the ledger has a record for each envelope that was acknowledged")
    check(merkle_root(leaves) == octets(tree_head.Root()), "its Merkle root is the one that the broker signed")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, what in (("exercise", "folder that `muster-exercise prepare` made"),
                       ("generated", "folder of the generated modules"), ("protocol", "PROTOCOL.md")):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True, help=what)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.generated))
    check_worked_example(arguments.protocol)

    nodes, context = arguments.exercise / "nodes", zmq.Context()
    config = tomllib.loads((nodes / "kaz-mod.toml").read_text())
    broker, server_key = config["broker"], bytes.fromhex(config["broker"]["server_key"])
    stranger = Bus(context, broker["ingest"], server_key, z85.decode(zmq.curve_keypair()[1]))
    check(stranger.denials.poll(ANSWER_WITHIN_MS) and recv_monitor_message(stranger.denials)["value"] == 400,
          "a key that was made just now is refused in the handshake, ZAP 400")
    ministry = Bus(context, broker["ingest"], server_key, key_file(nodes / "kaz-mod" / "node.curve"))
    officer = Bus(context, broker["query"], server_key, key_file(nodes / "sec-officer" / "node.curve"))
    key = SigningKey(key_file(nodes / "kaz-mod" / "node.sign"))
    broker_key = SigningKey(key_file(arguments.exercise / "keys" / "broker.sign")).verify_key
    tree_head = publish_as_a_ministry(ministry, config["node"]["id"], key, broker_key)
    ask_as_an_officer(officer, tree_head)
    ministry.send(BYE, encode(Table("Bye", reason=code("ByeReason", "RESTART"))))
    for bus in (stranger, ministry, officer):
        bus.close()
    context.term()
    print("independent client: all as the protocol says")


if __name__ == "__main__":
    main()
