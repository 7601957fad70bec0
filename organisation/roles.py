"""Role × Action: the one table that says what a mandate is worth.

`OWN` rights hold in the body of the mandate (and in its office, when the body is a board; an office works for its board),
`IN_BODY` rights in the body of the mandate alone.
`EVERYWHERE` roles also read everything in the city that is not secret (domain section 1).
"""

from organisation.enums import Action as A
from organisation.enums import Role as R

OWN: dict[R, frozenset[A]] = {
    R.CONTACT_PERSON: frozenset({A.READ, A.PREPARE}),
    R.HEAD: frozenset({A.READ, A.PREPARE, A.DECIDE, A.MARK_SECRET, A.APPOINT, A.SET_PRIORITIES, A.KEEP_SCHEME}),
    R.DELEGATE: frozenset({A.READ, A.DECIDE}),
    R.BOARD_SECRETARY: frozenset({A.READ, A.DECIDE, A.KEEP_SCHEME}),
    R.COORDINATOR: frozenset({A.READ, A.PREPARE, A.MARK_SECRET}),
    R.PROTOCOL_OFFICER: frozenset({A.READ, A.PREPARE}),
    R.CONTROLLER: frozenset({A.READ}),
    R.IB_SECRETARY: frozenset({A.READ, A.PREPARE}),
    R.IB_MEMBER: frozenset({A.READ}),
    R.FINANCE_COMMISSIONER: frozenset({A.READ}),
    R.REGISTRAR: frozenset({A.READ}),
    R.AUDITOR: frozenset({A.READ}),
    R.ADMINISTRATOR: frozenset(),
}

# Those who prepare; in an order, so that the question is the same text every time.
PREPARING: list[R] = sorted(role for role, rights in OWN.items() if A.PREPARE in rights)

# What holds in the mandate's own body alone, and not in the office of a board: its secretary touches no other's (domain
# section 1). She marks what is secret in the board's own matters, and writes in what it has given priority (section 3).
IN_BODY: dict[R, frozenset[A]] = {R.BOARD_SECRETARY: frozenset({A.MARK_SECRET, A.SET_PRIORITIES})}

# What an office may do with the matters of the board it works for. Deciding them is the board's; a mark decides nothing,
# it warns (records law R5), and is set by who prepares the matter and marks in the office as well.
FOR_BOARD: frozenset[A] = frozenset({A.READ, A.PREPARE, A.MARK_SECRET})

# What a body's people may do with the matters of one that has been merged into it: those that are closed stayed there.
OF_MERGED: frozenset[A] = frozenset({A.READ})

EVERYWHERE: frozenset[R] = frozenset({R.COORDINATOR, R.PROTOCOL_OFFICER, R.CONTROLLER, R.IB_SECRETARY, R.AUDITOR})

HOUSE: dict[R, frozenset[A]] = {
    R.CONTACT_PERSON: frozenset({A.SEE_REGISTERS}),
    R.HEAD: frozenset({A.SEE_REGISTERS}),
    R.DELEGATE: frozenset({A.SEE_REGISTERS}),
    R.BOARD_SECRETARY: frozenset({A.SEE_REGISTERS}),
    R.COORDINATOR: frozenset({A.SEE_REGISTERS, A.KEEP_REGISTERS, A.REVIEW_ACCESS, A.REFER, A.READ_MEETING}),
    R.PROTOCOL_OFFICER: frozenset({A.SEE_REGISTERS, A.REFER, A.READ_MEETING}),
    R.CONTROLLER: frozenset({A.SEE_REGISTERS, A.MAKE_REPORT}),
    R.IB_SECRETARY: frozenset({A.SEE_REGISTERS, A.REFER, A.RUN_MEETING, A.READ_MEETING}),
    R.IB_MEMBER: frozenset({A.READ_MEETING}),
    R.FINANCE_COMMISSIONER: frozenset({A.READ_MEETING}),
    R.REGISTRAR: frozenset({A.SEE_REGISTERS}),
    R.AUDITOR: frozenset({A.SEE_REGISTERS, A.REVIEW_ACCESS, A.READ_MEETING}),
    R.ADMINISTRATOR: frozenset({A.SEE_REGISTERS, A.KEEP_REGISTERS, A.REVIEW_ACCESS}),
}

# Roles that a substitute acts in while their holder is away. An elected office and an audit are personal, and who keeps
# the registers could otherwise hand on the right to appoint.
LENT: frozenset[R] = frozenset(R) - {R.IB_MEMBER, R.FINANCE_COMMISSIONER, R.AUDITOR, R.ADMINISTRATOR}
NEVER_LENT: frozenset[A] = frozenset({A.KEEP_REGISTERS, A.REVIEW_ACCESS})

# Strategy 2016 section 5 and M26: whom the head of a body appoints there. Every other role is given by those who keep
# the registers.
APPOINTED_BY_HEAD: frozenset[R] = frozenset({R.CONTACT_PERSON, R.DELEGATE})
