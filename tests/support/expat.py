"""Reads batches of documents from standard input, each with its length in four bytes before it; answers one line
each: "1" where expat in namespace mode finds it well-formed, "0 why" where it does not, "? why" where it cannot say."""
import struct, sys
import pyexpat

def judge(data):
    # A character that no document can hold: expat refuses namespaces that hold the separator.
    parser = pyexpat.ParserCreate(namespace_separator="\x01")
    try:
        parser.Parse(data, True)
        # A lead surrogate may stand before anything for expat; Python decodes as Unicode has it.
        wide = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(data[:2])
        if wide:
            data.decode(wide)
        return "1"
    except pyexpat.ExpatError as error:
        return "0 %s" % str(error).replace("\n", " ")
    except (ValueError, LookupError, UnicodeError) as error:
        return "? %s" % str(error).replace("\n", " ")

source = sys.stdin.buffer
while True:
    head = source.read(4)
    if len(head) < 4:
        break
    (length,) = struct.unpack("<I", head)
    print(judge(source.read(length)), flush=False)
