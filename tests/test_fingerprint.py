import subprocess
from dataclasses import replace

from evaluation_rows import question
from raufoss_assistant.evaluation.fingerprint import commit, digest, fingerprint, unlike_default
from raufoss_assistant.settings import Settings


def git(folder, *arguments):
    identity = ["-c", "user.name=Prøve", "-c", "user.email=prove@example.org"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


def test_the_same_twice_and_what_changes_it(small_assistant):
    index = small_assistant.index()
    first = fingerprint([question()], [index], {"type": "fakta"})
    assert replace(fingerprint([question()], [index, index], {"type": "fakta"}), date=first.date) == first
    assert first.model == str(small_assistant.encoder.identity)
    assert first.settings == {"type": "fakta"}
    assert len(first.rules) == len(first.documents) == 16
    assert fingerprint([question(note="ny merknad")], [index], {}).questions == first.questions
    assert fingerprint([question(must_contain=("5",))], [index], {}).questions != first.questions
    assert fingerprint([question()], [], {}).documents != first.documents


def test_commit_and_uncommitted_changes(tmp_path):
    code = tmp_path / "code"
    code.mkdir()
    assert commit(code) == ""
    git(code, "init", "-q")
    (code / "a.py").write_text("1")
    assert commit(code) == ""
    git(code, "add", ".")
    git(code, "commit", "-qm", "a")
    clean = commit(code)
    assert len(clean) == 12
    (code / "b.py").write_text("2")
    assert commit(code) == f"{clean}+"
    assert commit(tmp_path / "gone") == ""


def test_without_git(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit(tmp_path) == ""


def test_settings_that_bear_on_the_figures(tmp_path):
    settings = Settings(
        corpus_dir=tmp_path, port=8000, embedding_model="e5-large", llm_api_key="hemmelig", llm_base_url="http://a/v1",
        staff_password="et hemmelig passord", allowed_origins=("https://a.example",),
    )  # fmt: skip
    assert unlike_default(settings) == {"embedding_model": "e5-large"}
    assert unlike_default(Settings()) == {}


def test_digest():
    assert digest({"a": "æ\ud800"}) == digest({"a": "æ\ud800"}) != digest({"a": "ø"})
