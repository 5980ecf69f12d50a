#!/usr/bin/env python3
"""Publishes a changing wire page and serves it with nginx, Caddy and Apache to newsboat, feedparser and Chromium.

Usage: run.py WIREFEED FOLDER. Exit 77: a program is not there. Listens and asks on the loopback interface alone.
"""

import gzip
import http.client
import http.server
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".tools"
sys.path.insert(0, str(TOOLS / "python"))
WIREFEED, WORK = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
ENVIRONMENT = {"PATH": os.environ["PATH"] + ":/usr/sbin", "HOME": str(WORK), "LANG": "C.UTF-8",
               "XDG_CONFIG_HOME": str(WORK / "config"), "XDG_DATA_HOME": str(WORK / "data")}


def absent():
    programs = ["nginx", "caddy", "apache2", "newsboat", "chromium", "node"]
    missing = [name for name in programs if not shutil.which(name, path=ENVIRONMENT["PATH"])]
    missing += [name for name in ["puppeteer-core", "axe-core", "html-validate"] if not (TOOLS / "node_modules" / name).is_dir()]
    try:
        import feedparser  # noqa: F401
    except ImportError:
        missing.append("feedparser")
    return missing


STORIES = [
    ("KYIV (ANP/RTR)", "In de hoofdstad rijdt de metro weer. Een storing legde het net een halve dag stil."),
    ("GENÈVE (ANP/AFP)", "De onderhandelaars zitten weer aan tafel. Dat meldt het gastland na een pauze."),
    ("KYIV (ANP)", "De brug over de rivier is dicht. Het verkeer rijdt een eind om via de ring."),
    ("BRUSSEL/WASHINGTON (ANP/DPA)", "De landen zijn het eens over staal & kolen. Het verdrag gaat in juli in."),
    ("KYIV (ANP/AFP)", "Het parlement stemt over de begroting. De uitslag komt later op de avond."),
    ("TOKIO (ANP/AFP)", "Een beving van 5,8 heeft het noorden geschud. Er is geen waarschuwing gegeven."),
    ("TOKIO (ANP)", "De beurs is hoger gesloten. De yen daalt verder ten opzichte van de dollar."),
]
# Minutes ago in the last capture; each capture is ten minutes after the one before.
EDITED = ("KYIV (ANP)", "De brug over de rivier is weer open. Het verkeer rijdt niet meer om via de ring.")


def page(capture):
    shown = STORIES[: 5 + capture]
    text = "Meer uit Buitenland\n"
    for number, (dateline, body) in reversed(list(enumerate(shown))):
        if capture == 2 and number == 2:
            dateline, body = EDITED
        # Story N was published N * 7 minutes after 12:00; the captures are at 13:00, 13:10 and 13:20.
        age = 60 + 10 * capture - number * 7
        ago = f"{age} minuten" if age < 60 else f"{age // 60} uur"
        text += f"{dateline} - {body}\n{ago} geleden"
    return text + "\n"


class Wire(http.server.BaseHTTPRequestHandler):
    """The origin: what it answers is set from outside."""

    mode = "page"
    capture = 0
    statuses = []

    def do_GET(self):
        body, charset, etag = page(Wire.capture).encode(), "utf-8", f'"{Wire.capture}"'
        if Wire.mode == "error":
            return self.answer(503, b"<h1>Even geduld</h1>", {"Retry-After": "0"})
        if Wire.mode == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            return self.rfile.read(1)  # until the other side hangs up
        if Wire.mode == "charset":
            body, charset = page(Wire.capture).encode("windows-1252"), "windows-1252"
        if Wire.mode == "truncated":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            return None
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, b"", {})
        headers = {"ETag": etag, "Content-Type": f"text/plain; charset={charset}"}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        return self.answer(200, body, headers)

    def answer(self, status, body, headers):
        Wire.statuses.append(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(port, process):
    for _ in range(200):
        if process.poll() is not None:
            raise AssertionError(f"a server ended with {process.returncode}: {process.stderr.read().decode()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


def start(command, port):
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    listening(port, process)
    return process


def nginx(site, port):
    module = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
    load = f"load_module {module};\n" if module.exists() else ""
    config = WORK / "nginx.conf"
    config.write_text(f"""{load}daemon off;
pid {WORK}/nginx.pid;
error_log stderr;
{'user root;' if os.geteuid() == 0 else ''}
events {{ }}
http {{
    access_log off;
    client_body_temp_path {WORK}/tmp; proxy_temp_path {WORK}/tmp; fastcgi_temp_path {WORK}/tmp;
    uwsgi_temp_path {WORK}/tmp; scgi_temp_path {WORK}/tmp;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        {'brotli_static on;' if load else ''}
        include {site}/nginx.conf;
    }}
}}
""")
    return start(["nginx", "-p", str(WORK), "-c", str(config)], port)


def caddy(site, port):
    config = WORK / "Caddyfile"
    config.write_text(f"""{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * {site}
    import {site}/Caddyfile
}}
""")
    return start(["caddy", "run", "--config", str(config), "--adapter", "caddyfile"], port)


def apache(site, port):
    modules = Path("/usr/lib/apache2/modules")
    names = ["mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "env", "setenvif"]
    load = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    config = WORK / "apache.conf"
    (WORK / "mime.types").write_text("")
    config.write_text(f"""ServerRoot {WORK}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {WORK}/apache.pid
ErrorLog {WORK}/apache.log
{load}{user}TypesConfig {WORK}/mime.types
DocumentRoot {site}
<Directory {site}>
    AllowOverride All
    Require all granted
</Directory>
""")
    return start(["apache2", "-D", "FOREGROUND", "-f", str(config)], port)


def ask(port, path, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def check(condition, *told):
    if not condition:
        raise AssertionError(" ".join(str(part) for part in told))


def next_second():
    """Last-Modified knows whole seconds; no site publishes twice in one."""
    now = int(time.time())
    while int(time.time()) == now:
        time.sleep(0.05)


def publish(origin, url, minutes, *more, code=0):
    next_second()
    command = [WIREFEED, "publish", f"http://127.0.0.1:{origin}/wire", "--to", WORK / "site", "--url", url,
               "--history", WORK / "news.db", "--compress", "--host", "nginx", "caddy", "apache", "--captured-at",
               f"2026-02-10T13:{minutes:02}:00+01:00", *more]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    check(done.returncode == code, done.returncode, done.stdout, done.stderr)
    return done.stdout, done.stderr


def served(name, port, site):
    """Media types, 304 to the second request, precompressed answers that are the file."""
    types = {"/atom.xml": "application/xml; charset=utf-8", "/rss.xml": "application/xml; charset=utf-8",
             "/feed.json": "application/feed+json; charset=utf-8", "/": "text/html; charset=utf-8",
             "/plaats/kyiv/": "text/html; charset=utf-8", "/style.css": "text/css; charset=utf-8",
             "/opml.xml": "application/xml; charset=utf-8"}
    for path, media_type in types.items():
        status, headers, body = ask(port, path)
        check(status == 200 and headers.get("content-type") == media_type, name, path, status, headers)
        check("max-age" in headers.get("cache-control", ""), name, path, headers)
        check(headers.get("x-content-type-options") == "nosniff", name, path, headers)
        again = ask(port, path, {"If-None-Match": headers["etag"]})
        check(again[0] == 304, name, path, again)
        file = site / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        check(body == file.read_bytes(), name, path, "is not the file")
        for encoding, ending in [("gzip", ".gz"), ("br", ".br")]:
            status, headers, body = ask(port, path, {"Accept-Encoding": encoding})
            check(headers.get("content-encoding") == encoding, name, path, encoding, headers)
            check(headers.get("content-type") == media_type, name, path, encoding, headers)
            check(body == Path(f"{file}{ending}").read_bytes(), name, path, encoding, "is not the file")
    status, headers, body = ask(port, "/plaats/nergens/")
    check(status == 404 and body == (site / "404.html").read_bytes(), name, status, headers, body)
    check(ask(port, "/plaats/nergens/atom.xml")[0] == 404, name, "a feed that is not there")
    (site / ".well-known").mkdir(exist_ok=True)
    (site / ".well-known" / "token").write_text("x")
    check(ask(port, "/.well-known/token")[0] == 200, name, "what a certificate needs is not served")
    for path in ["/nginx.conf", "/Caddyfile", "/.htaccess"]:
        check(ask(port, path)[0] in (403, 404), name, path, "is served")


def parsed(port, path):
    import feedparser
    feed = feedparser.parse(f"http://127.0.0.1:{port}{path}")
    check(feed.status == 200 and not feed.bozo, path, feed.get("bozo_exception"))
    return {entry.id: entry for entry in feed.entries}, len(feed.entries)


def newsboat(number, url):
    """What newsboat keeps of a feed. It tells items apart by their ids alone, so each feed has a cache of its own."""
    folder = WORK / "newsboat" / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "urls").write_text(f"{url}\n")
    (folder / "config").write_text("")
    done = subprocess.run(["newsboat", "-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config",
                           "-x", "reload"], env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    check(done.returncode == 0, "newsboat", done.stdout, done.stderr)
    with sqlite3.connect(folder / "cache.db") as database:
        return database.execute("SELECT guid, title, author, pubDate, content FROM rss_item").fetchall()


def readers(ports):
    """Three captures: every item once, ids and dates unmoved, edits in place, authors and categories there."""
    first = {}
    paths = ["/atom.xml", "/rss.xml"]
    urls = [f"http://127.0.0.1:{port}{path}" for port in ports for path in paths]

    def look(capture):
        count = 5 + capture
        for port in ports:
            for path in paths:
                entries, length = parsed(port, path)
                check(length == len(entries) == count, path, capture, length)
                for id, entry in entries.items():
                    dated = first.setdefault((path, id), entry.published)
                    check(dated == entry.published, path, id, dated, entry.published)
                    check(entry.get("authors") and entry.get("tags"), path, id, "has no author or category")
                bridge = [entry for entry in entries.values() if entry.title.startswith("De brug")]
                check(len(bridge) == 1, path, "the edited item stands there", len(bridge), "times")
                open_again = "weer open" in str(bridge[0])
                check(open_again == (capture == 2), path, capture, "the edit")
        for number, url in enumerate(urls):
            items = newsboat(number, url)
            check(len(items) == count == len({item[0] for item in items}), "newsboat", url, capture, len(items))
            check(all(item[2] for item in items), "newsboat", url, "an item without an author")
            if capture == 2:
                bridge = [item for item in items if "De brug" in item[4]]
                check(len(bridge) == 1 and "weer open" in bridge[0][4], "newsboat", url, bridge)
            for guid, _, _, date, _ in items:
                dated = first.setdefault((url, guid), date)
                check(dated == date, "newsboat", url, guid, dated, date)

    return look


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    (WORK / "tmp").mkdir(parents=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = server.server_address[1]
    ports = [free_port(), free_port(), free_port()]
    url = f"http://127.0.0.1:{ports[0]}/"
    site = WORK / "site"
    out, _ = publish(origin, url, 0)
    check(out.startswith("5 new, 0 edited, 5 in the feed"), out)
    servers = [nginx, caddy, apache]
    processes = [serve(site, port) for serve, port in zip(servers, ports)]
    try:
        for serve, port in zip(servers, ports):
            served(serve.__name__, port, site)
        look = readers(ports)
        look(0)
        out, _ = publish(origin, url, 5)
        check(out == "unchanged\n" and Wire.statuses[-1] == 304, out, Wire.statuses)
        for mode, told in [("error", "503"), ("truncated", "ends before its end")]:
            Wire.mode = mode
            Wire.capture = 1
            _, err = publish(origin, url, 10, code=1)
            check(told in err and len(err.splitlines()) == 1, mode, err)
            look(0)
        Wire.mode = "page"
        publish(origin, url, 10)
        look(1)
        Wire.mode, Wire.capture = "charset", 2
        out, _ = publish(origin, url, 20)
        check(out.startswith("1 new, 1 edited, 7 in the feed"), out)
        look(2)
        for serve, port in zip(servers, ports):
            served(serve.__name__, port, site)
        looked = subprocess.run(["node", HERE / "browser.mjs", url, WORK], env=ENVIRONMENT, capture_output=True,
                                text=True, timeout=300)
        check(looked.returncode == 0, looked.stdout, looked.stderr)
        print(looked.stdout, end="")
    finally:
        for process in processes:
            process.terminate()
            process.wait()
        server.shutdown()
    print("hosts, readers and browser got what was published")


if __name__ == "__main__":
    if absent():
        print("not there:", ", ".join(absent()))
        sys.exit(77)
    main()
