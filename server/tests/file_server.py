"""A server of files for the tests: SFTP (asyncssh) with a password and a key, HTTPS with a name and password or a token.

    file_server.py FOLDER KEYS [SFTP_PORT]

Serves FOLDER. Writes into KEYS: `client` (a private key that opens the door, made once), `ca.pem` (who vouches for the
certificate). Prints a line of JSON: where both listen, and the fingerprint of the SSH key, which is another with each start.
Ends when its input does.
"""

import asyncio
import base64
import datetime
import functools
import http.server
import ipaddress
import json
import pathlib
import ssl
import sys
import threading

import asyncssh
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

USER, PASSWORD = "lagune", "geheim"
folder, keys = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


class Door(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        return (username, password) == (USER, PASSWORD)


def client_key():
    path = keys / "client"
    if not path.exists():
        asyncssh.generate_private_key("ssh-ed25519").write_private_key(path)
    return asyncssh.read_private_key(path)


def certificate(name, issuer=None):
    """A certificate for this machine, by itself or by an issuer."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.utcnow()
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(issuer[0].subject if issuer else named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer:
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        made = made.add_extension(here, critical=False)
    return made.sign(issuer[1] if issuer else key, hashes.SHA256()), key


class Files(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        basic = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("authorization") not in (basic, f"Bearer {PASSWORD}"):
            return self.send_error(401)
        super().do_GET()

    def log_message(self, *_):
        pass


def https():
    ca = certificate("file server of the tests")
    leaf, key = certificate("127.0.0.1", ca)
    (keys / "ca.pem").write_bytes(ca[0].public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (keys / "server.pem").write_bytes(private + leaf.public_bytes(serialization.Encoding.PEM))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=folder))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(keys / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


async def main():
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    port = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    sftp = await asyncssh.create_server(
        Door,
        "127.0.0.1",
        port,
        server_host_keys=[host_key],
        authorized_client_keys=asyncssh.import_authorized_keys(client_key().export_public_key().decode()),
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(folder).encode()),
        reuse_address=True,
    )
    print(json.dumps({"sftp": sftp.sockets[0].getsockname()[1], "https": https(), "fingerprint": host_key.get_fingerprint()}), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
