"""A mail server for tests. Prints its port, then each mail that it took as a line of JSON; ends with its standard input.

The part of an address before the @ says what becomes of it: refused… is never taken, later… not at the first time.
With a user and a password as arguments nobody is let in without them.
"""
import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later") and address not in self.seen:
            self.seen.add(address)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "to": envelope.rcpt_tos,
            "sender": envelope.mail_from,
            "subject": str(mail["subject"]),
            "head": [name for name, _ in mail.items()],
            "body": mail.get_content(),
        }), flush=True)
        return "250 OK"


async def main():
    user, password = (sys.argv[1:3] + [None, None])[:2]

    def let_in(server, session, envelope, mechanism, data):
        fits = data.login == user.encode() and data.password == password.encode()
        # "Not handled": the library answers 535.
        return AuthResult(success=fits, handled=fits)

    handler = Handler()
    options = {"auth_required": True, "auth_require_tls": False, "authenticator": let_in} if user else {}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, hostname="localhost", enable_SMTPUTF8=True, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
