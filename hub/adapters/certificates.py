"""When the certificate of the other side of a connection ends."""

import ssl


def certificate_end(connection: object) -> float | None:
    """Return its end in UTC epoch seconds; None without TLS, or without a checked certificate."""
    if not isinstance(connection, ssl.SSLSocket | ssl.SSLObject):
        return None
    told = connection.getpeercert()
    return ssl.cert_time_to_seconds(str(told["notAfter"])) if told else None


def is_certificate_refused(error: BaseException | None) -> bool:
    """Whether a failure began with a certificate that we do not trust."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None
