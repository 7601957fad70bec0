"""The grounds in words: to the person who sees ("Du är …"), and of a person to those who look after access."""

from django.utils.translation import gettext as _

from engagements.grounds import Ground
from engagements.rescue import NAMED


def why_sentence(ground: Ground) -> str:
    """One Swedish sentence for one ground; for a substitute also whose mandate it is."""
    sentence = ground_sentence(ground)
    if not ground.stands_in_for:
        return sentence
    until = ground.until.isoformat() if ground.until else ""
    return _("%(sentence)s Du är vikarie för %(person)s till och med %(day)s.") % {
        "sentence": sentence, "person": ground.stands_in_for, "day": until,
    }  # fmt: skip


def ground_sentence(ground: Ground) -> str:
    said = {"role": ground.role.lower(), "body": ground.body, "owner": ground.owner, "reason": ground.reason}
    if ground.kind == "everywhere":
        return _("Du läser allt som inte är sekretessmarkerat, som %(role)s vid %(body)s.") % said
    if ground.kind in ("shared", "named"):
        if ground.kind == "shared":
            sentence = _("Ärendet är delat med %(body)s: %(reason)s") % said
        elif ground.reason.startswith(NAMED):
            sentence = _("Du är namngiven läsare av det som är sekretessmarkerat") + ground.reason.removeprefix(NAMED)
        else:
            sentence = _("Ärendet är delat med dig: %(reason)s") % said
        until = _(" (till och med %(day)s)") % {"day": ground.until.isoformat()} if ground.until else ""
        return f"{sentence.rstrip('.')}{until}."
    last = None if ground.stands_in_for else ground.until
    said["until"] = _(" till och med %(day)s") % {"day": last.isoformat()} if last else ""
    sentence = _("Du är %(role)s för %(body)s%(until)s.") % said
    return f"{sentence} {way_sentence(ground)}".rstrip()


def way_sentence(ground: Ground) -> str:
    """How the mandate's body comes to have what another body owns."""
    said = {"body": ground.body, "owner": ground.owner}
    if ground.way == "office":
        return _("Nämnden läser det som %(owner)s äger.") % said
    if ground.way == "board":
        return _("%(body)s arbetar åt %(owner)s, som äger ärendet.") % said
    if ground.way == "merged":
        return _("%(owner)s har gått upp i %(body)s.") % said
    return ""


def said_of(ground: Ground) -> str:
    """The same of somebody else, short."""
    if ground.kind == "named":
        words = _("Delat i eget namn: %(reason)s") % {"reason": ground.reason}
    elif ground.kind == "shared":
        words = _("Delat med %(body)s: %(reason)s") % {"body": ground.body, "reason": ground.reason}
    else:
        words = f"{ground.role}, {ground.body}"
        if ground.kind == "everywhere":
            words = _("%(role)s (läser allt som inte är sekretessmarkerat)") % {"role": words}
        if ground.stands_in_for:
            words = _("%(role)s, vikarie för %(person)s") % {"role": words, "person": ground.stands_in_for}
    return words + (_(" (till och med %(day)s)") % {"day": ground.until.isoformat()} if ground.until else "")
