"""django-helpdesk (PostgreSQL, gunicorn): tickets created and taken by eight people at once, through its own forms."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import requests
from sqlalchemy.engine import make_url

from tests.bench import prepared
from tests.bench.peers import documents
from tests.bench.peers.installed import free_port, installed, running
from tests.bench.served import at_once
from tests.bench.sizes import Size
from tests.helpers import postgres

_SETTINGS = """
SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.sites",
    "django.contrib.humanize", "helpdesk", "rest_framework"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "whitenoise.middleware.WhiteNoiseMiddleware"]
ROOT_URLCONF = "urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS":
    {"context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "%(name)s", "USER": "postgres",
    "HOST": "127.0.0.1", "PORT": %(port)s, "CONN_MAX_AGE": 600}}
SITE_ID = 1
LOGIN_URL = "helpdesk:login"
LOGIN_REDIRECT_URL = "helpdesk:home"
HELPDESK_TEAMS_MODE_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = "static"
MEDIA_ROOT = "media"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
"""
_URLS = """
from django.contrib import admin
from django.urls import include, path
urlpatterns = [path("admin/", admin.site.urls), path("", include("helpdesk.urls", namespace="helpdesk")),
    path("api/auth/", include("rest_framework.urls", namespace="rest_framework"))]
"""
_WSGI = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
_LOAD = """
import datetime, json, os, sys
sys.path.insert(0, ".")
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from helpdesk.models import Queue, Ticket
call_command("migrate", verbosity=0)
call_command("loaddata", "emailtemplate.json", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
User.objects.create_superuser("admin", "admin@example.com", "admin")
queue = Queue.objects.create(title="hotline", slug="hotline")
made, now = [], datetime.datetime.now(datetime.timezone.utc)
for line in sys.stdin:
    d = json.loads(line)
    made.append(Ticket(title=d["order_no"] + " " + d["name"], queue=queue, created=now, modified=now, status=1,
        submitter_email="c@example.com", description=d["phone"] + d["body"], priority=3, secret_key="k",
        due_date=datetime.datetime.fromtimestamp(d["due"], datetime.timezone.utc)))
    if len(made) == 2000:
        Ticket.objects.bulk_create(made)
        made = []
Ticket.objects.bulk_create(made)
print(Ticket.objects.count(), queue.id)
"""


@dataclass
class Helpdesk:
    """A running server with all tickets in it, somebody signed in."""

    url: str
    queue: int
    sessions: list[requests.Session] = field(default_factory=list)
    fresh: int = 1

    def sign_in(self, clients: int) -> None:
        """So many browsers."""
        for _ in range(clients):
            session = requests.Session()
            page = session.get(f"{self.url}/login/").text
            found = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)
            assert found is not None
            form = {"username": "admin", "password": "admin", "csrfmiddlewaretoken": found[1], "next": "/tickets/"}
            reply = session.post(f"{self.url}/login/", form, headers={"Referer": f"{self.url}/login/"}, timeout=120)
            assert "logout" in reply.text
            session.headers.update({"Referer": self.url, "X-CSRFToken": session.cookies["csrftoken"]})
            self.sessions.append(session)

    def create(self, each: int) -> float:
        """Tickets a second, created through the form for staff."""
        return self._rate(each, self._create)

    def take(self, each: int) -> float:
        """Tickets a second, assigned with a comment."""
        return self._rate(each, self._take)

    def _rate(self, each: int, work: Callable[[requests.Session, int], None]) -> float:
        first = self.fresh
        self.fresh += each * len(self.sessions)

        def one(at: int) -> None:
            for turn in range(each):
                work(self.sessions[at], first + at * each + turn)

        spent = at_once([lambda at=at: one(at) for at in range(len(self.sessions))])  # type: ignore[misc]
        return each * len(self.sessions) / spent

    def _create(self, session: requests.Session, number: int) -> None:
        form = {"queue": self.queue, "title": f"取消订单 {number}", "body": documents.document(number)["body"]}
        more = {"priority": 3, "due_date": "", "submitter_email": "n@example.com", "assigned_to": ""}
        reply = session.post(f"{self.url}/tickets/submit/", {**form, **more}, allow_redirects=False, timeout=120)
        assert reply.status_code == 302, reply.status_code

    def _take(self, session: requests.Session, number: int) -> None:
        form = {"new_status": 2, "owner": 1, "priority": 2, "queue": self.queue, "title": f"t{number}"}
        reply = session.post(
            f"{self.url}/tickets/{number}/update/",
            {**form, "comment": "已联系客户", "time_spent": ""},
            allow_redirects=False,
            timeout=120,
        )
        assert reply.status_code == 302, reply.status_code


@contextlib.contextmanager
def served(server: prepared.Server, size: Size, clients: int) -> Iterator[Helpdesk]:
    """Start it on a database of its own and fill it."""
    folder, port = installed("django-helpdesk"), free_port()
    with postgres.database(server.base) as url:
        place = make_url(url)
        (folder / "settings.py").write_text(_SETTINGS % {"name": place.database, "port": place.port})
        (folder / "urls.py").write_text(_URLS)
        (folder / "wsgi.py").write_text(_WSGI)
        queue = _load(folder, size)
        arguments = ["wsgi:application", "-b", f"127.0.0.1:{port}", "-w", "2", "--timeout", "120"]
        with running([folder / "bin" / "gunicorn", *arguments], port, folder):
            made = Helpdesk(f"http://127.0.0.1:{port}", queue)
            made.sign_in(clients)
            yield made


def _load(folder: Path, size: Size) -> int:
    told = "\n".join(json.dumps(one) for one in documents.documents(size.tickets))
    command = [str(folder / "bin" / "python"), "-c", _LOAD]
    done = subprocess.run(command, cwd=folder, input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    count, queue = done.stdout.split()[-2:]
    assert int(count) == size.tickets
    return int(queue)
