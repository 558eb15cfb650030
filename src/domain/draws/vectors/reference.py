"""The specification of a draw once more, in another language, with Python's standard library alone.

It was written from SPECIFICATION.md, shares nothing with what draws and verifies, and makes vectors.json:

    python3 reference.py > vectors.json
"""

import hashlib
import hmac
import json
import struct


def H(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def HMAC(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def u32(n):
    return struct.pack(">I", n)


def u64(n):
    return struct.pack(">Q", n)


def canonical(value):
    # Every name here is ASCII, so sorting by code points is sorting by UTF-16 code units.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def key_of(kind, draw, who):
    return H(kind.encode(), b"\0", draw.encode(), b"\0", who.encode())


def hidden(salt, text):
    return H(b"\x02", salt, text.encode())


def leaf(number, tickets, full, short):
    return H(b"\x00", u32(number), u32(tickets), full, short)


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return H(b"\x01", root(leaves[:k]), root(leaves[k:]))


def path(leaves, m):
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return path(leaves[:k], m) + [root(leaves[k:])]
    return path(leaves[k:], m - k) + [root(leaves[:k])]


def words(seed):
    i = 0
    while True:
        yield from struct.unpack(">8I", HMAC(seed, u64(i)))
        i += 1


def below(stream, n):
    if n == 1:
        return 0
    limit = 2**32 // n * n
    while True:
        word = next(stream)
        if word < limit:
            return word % n


class Selection:
    def __init__(self, prizes, again, tickets, seed):
        self.prizes, self.again = prizes, again
        self.all = [entrant for entrant, count in enumerate(tickets, 1) for _ in range(count)]
        self.stream = words(seed)
        self.pass_, self.k, self.tier = None, 0, None
        self.left, self.drawn = set(), {}

    def draw(self, prize, is_again):
        tier = self.prizes[prize - 1]["tier"]
        if (
            self.pass_ is None
            or self.again == "always"
            or (self.again == "tier" and (is_again or tier != self.tier))
        ):
            self.pass_, self.k = list(self.all), 0
        self.tier = tier
        out = set(self.left)
        scope = self.drawn.setdefault(0 if self.again == "never" else tier, set())
        if self.again != "always":
            out |= scope
        while self.k < len(self.pass_):
            k, tickets = self.k, self.pass_
            j = k + below(self.stream, len(tickets) - k)
            tickets[k], tickets[j] = tickets[j], tickets[k]
            self.k += 1
            if tickets[k] not in out:
                scope.add(tickets[k])
                return tickets[k]
        return None


DRAW = "11111111-1111-4111-8111-111111111111"
EVENT = "22222222-2222-4222-8222-222222222222"
PEOPLE = [("Ada Lovelace", "Ada L.", 1), ("Zoë 🎉", "Zoë 🎉", 3), ("محمد علي", "محمد ع.", 1), ("Grace Hopper", "Grace H.", 2), ("Ada Lovelace", "Ada L.", 1)]
PRIZES = [{"name": "Voucher", "tier": 2, "quantity": 2}, {"name": "Week in „Rome“", "tier": 1, "quantity": 1}]


def whole(again):
    secret = bytes(range(32))
    people = sorted(
        (key_of("guest", DRAW, f"guest {n}").hex(), full, short, tickets)
        for n, (full, short, tickets) in enumerate(PEOPLE, 1)
    )
    entrants, leaves = [], []
    for number, (key, full, short, tickets) in enumerate(people, 1):
        salts = {form: HMAC(secret, form.encode() + b"\0" + u32(number))[:16] for form in ("full", "short")}
        entrants.append(
            {
                "number": number,
                "tickets": tickets,
                "full": hidden(salts["full"], full).hex(),
                "short": {"text": short, "salt": salts["short"].hex()},
            }
        )
        leaves.append(leaf(number, tickets, hidden(salts["full"], full), hidden(salts["short"], short)))
    value = bytes([7] * 32)
    terms = {
        "algorithm": "momentique-draw-1",
        "draw": DRAW,
        "event": EVENT,
        "title": "Tombola – für alle",
        "prizes": PRIZES,
        "rules": {"again": again, "absent": "redraw"},
        "entrants": {"count": len(people), "tickets": sum(tickets for *_, tickets in people), "root": root(leaves).hex()},
        "names": "short",
        "beacon": {
            "kind": "local",
            "promise": H(b"momentique-draw-1 promise", b"\0", value).hex(),
            "opensAt": "2026-11-22T20:00:30.000Z",
        },
        "frozenAt": "2026-11-22T20:00:00.000Z",
    }
    commitment = H(b"momentique-draw-1 terms", b"\0", canonical(terms))
    seed = HMAC(commitment, b"momentique-draw-1 seed" + b"\0" + H(value))
    selection = Selection(PRIZES, again, [tickets for *_, tickets in people], seed)
    ledger, before, holders = [], commitment, {}

    def add(**entry):
        nonlocal before
        entry = {"n": len(ledger) + 1, "at": "2026-11-22T20:01:00.000Z", "by": "organiser", **entry}
        before = H(b"\x03", before, canonical(entry))
        ledger.append({**entry, "hash": before.hex()})

    def unit(prize, piece, replaces):
        entrant = selection.draw(prize, replaces is not None)
        place = {"prize": prize, "unit": piece, "replaces": replaces}
        if entrant is None:
            add(kind="unfilled", **place)
        else:
            add(kind="won", **place, entrant=entrant)
            holders[len(ledger)] = (prize, piece, entrant)

    for prize, terms_of in enumerate(PRIZES, 1):
        for piece in range(1, terms_of["quantity"] + 1):
            unit(prize, piece, None)
    for win, kind in ((1, "absent"), (3, "forfeited")):
        add(kind=kind, win=win, reason="Nobody came – “twice” called")
        prize, piece, entrant = holders.pop(win)
        selection.left.add(entrant)
        unit(prize, piece, win)
    add(kind="claimed", win=2)
    add(kind="completed")
    return {
        "format": "momentique-draw-proof-1",
        "terms": terms,
        "commitment": commitment.hex(),
        "entrants": entrants,
        "evidence": {"value": value.hex()},
        "seed": seed.hex(),
        "ledger": ledger,
        "head": before.hex(),
        "winners": [
            {"prize": prize, "unit": piece, "entrant": entrant, "win": win}
            for win, (prize, piece, entrant) in sorted(holders.items(), key=lambda item: item[1][:2])
        ],
    }


def selections():
    cases = []
    for again in ("never", "tier", "always"):
        for tickets in ([1] * 7, [3, 1, 1, 5], [1] * 1000):
            prizes = [{"name": "a", "tier": 2, "quantity": 2}, {"name": "b", "tier": 2, "quantity": 1}, {"name": "c", "tier": 1, "quantity": 2}]
            seed = H(again.encode(), u32(len(tickets)))
            selection = Selection(prizes, again, tickets, seed)
            drawn = [selection.draw(prize, False) for prize, p in enumerate(prizes, 1) for _ in range(p["quantity"])]
            selection.left.add(drawn[0])
            drawn.append(selection.draw(1, True))
            cases.append({"again": again, "tickets": tickets, "prizes": prizes, "seed": seed.hex(), "drawn": drawn})
    return cases


def main():
    seed = bytes(32)
    stream = words(seed)
    leaves = [H(bytes([n])) for n in range(11)]
    limits = [1, 2, 7, 1000, 2**31 + 1, 2**32]
    taken = words(seed)
    odd = {"b": [1, 0, True, None, "é\n\"\\\u2028🎉"], "a": {"ä": "", "B": 9007199254740991}}
    phrase = "f" * 11 + "0" * 53
    print(
        json.dumps(
            {
                "canonical": {"value": odd, "text": canonical(odd).decode()},
                "keys": {
                    "guest": key_of("guest", DRAW, EVENT).hex(),
                    "line": key_of("line", DRAW, "Zoë 🎉").hex(),
                },
                "trees": [
                    {"size": size, "root": root(leaves[:size]).hex(), "paths": [[p.hex() for p in path(leaves[:size], m)] for m in range(size)]}
                    for size in (1, 2, 3, 7, 8, 11)
                ],
                "stream": {"seed": seed.hex(), "words": [next(stream) for _ in range(20)]},
                "below": {"seed": seed.hex(), "limits": limits, "taken": [below(taken, n) for n in limits]},
                "phrase": {"commitment": phrase, "numbers": [2047, 2047, 2047, 2047]},
                "selections": selections(),
                "proofs": [whole(again) for again in ("never", "tier", "always")],
            },
            ensure_ascii=False,
            indent=1,
        )
    )


main()
