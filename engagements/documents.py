"""Documents of an engagement: added, never changed; taken away only from a draft, which was never on record."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from engagements.enums import Part, State
from engagements.models import Document, Engagement
from engagements.operations import erase_document, locked, save_with_reason
from engagements.permission import access_of, named_ids, visible_to
from engagements.rules import WrongState
from organisation.models import User
from stockholm_intl.kit.uploads import Checked


def documents_visible_to(user: User) -> QuerySet[Document]:
    """A document is as visible as its engagement, and where the documents are marked secret as its name is."""
    rows = Document.objects.filter(engagement__in=visible_to(user).values("pk"))
    marked = Q(engagement__secret_fields__contains=[Part.DOCUMENTS.value])
    return rows.filter(~marked | Q(engagement_id__in=named_ids(access_of(user))))


@transaction.atomic
def add_document(
    *, engagement: Engagement, upload: UploadedFile, checked: Checked, by: User, at: datetime
) -> tuple[Document, bool]:
    """Keep a checked file. The same content again gives the document there already is; the flag says if it is new.

    Raises WrongState for a struck engagement.
    """
    engagement = locked(engagement)
    if engagement.state == State.STRUCK:
        raise WrongState(_("Ärendet är makulerat. Det går inte att lägga in fler dokument."))
    if known := engagement.documents.filter(sha256=checked.sha256).first():
        return known, False
    document = Document(
        engagement=engagement,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_by=by,
        uploaded_at=at,
    )
    document.file.save(checked.name, upload, save=False)
    save_with_reason(document, by=by, reason="")
    return document, True


@transaction.atomic
def remove_document(*, document: Document, by: User) -> None:
    """Take a document off a draft. Raises WrongState when the engagement is on record: then it stays."""
    if locked(document.engagement).key:
        raise WrongState(_("Ärendet är registrerat. Dokumentet hör till det och kan inte tas bort."))
    erase_document(document, by=by)
