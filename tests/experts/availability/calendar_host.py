"""A host of calendars on this machine that is reached as if it stood on the internet, and a resolver that says so."""

import datetime
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from experts.availability.reading.fetching import Way

PUBLIC = "93.184.216.34"
HOST = "agenda.voorbeeld.be"


def calendar(*bodies):
    events = "".join(f"BEGIN:VEVENT\r\n{body}\r\nEND:VEVENT\r\n" for body in bodies)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//NL\r\n{events}END:VCALENDAR\r\n".encode()


def lines(**fields):
    return "\r\n".join(f"{name}:{value}" for name, value in fields.items())


def _certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "host.pem"
    file.write_bytes(pem + built.public_bytes(serialization.Encoding.PEM))
    return file


class CalendarHost:
    """`pages`: path → (status, headers, body) or a function of the handler. `names`: host → addresses."""

    def __init__(self, folder):
        self.pages, self.seen, self.dialled, self.looked_up = {}, [], [], []
        self.names = {HOST: [PUBLIC]}
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.seen.append((self.path, dict(self.headers)))
                found = host.pages.get(self.path, (404, {}, b""))
                if callable(found):
                    return found(self)
                status, headers, body = found
                self.send_response(status)
                for header, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(header, value)
                self.end_headers()
                self.wfile.write(body)
                return None

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *args: None
        certificate = _certificate(folder)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.trusting = ssl.create_default_context(cafile=str(certificate))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def way(self, seconds=5.0, tls=None):
        return Way(resolve=self._resolve, dial=self._dial, tls=tls or self.trusting, seconds=seconds)

    def _resolve(self, host, seconds):
        self.looked_up.append(host)
        return self.names.get(host, [])

    def _dial(self, address, port, seconds):
        self.dialled.append((address, port))
        return socket.create_connection(self.server.server_address, timeout=seconds)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
