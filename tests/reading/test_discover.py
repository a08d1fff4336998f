"""Which files are read, and under which names."""

from __future__ import annotations

import pytest

from cleaner.reading.discover import InputError, discover, suffix_of, walk


def docs(*inputs, out=None):
    return [f.doc for f in discover([str(i) for i in inputs], out)]


@pytest.fixture
def folder(tmp_path):
    for name in ("a.txt", "sub/b.md", ".hidden.txt", "README.md", "README.zh.txt", ".git/c.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲", "utf-8")
    return tmp_path / "in"


def test_a_folder_gives_paths_from_it_without_hidden_files_and_readmes(folder):
    assert docs(folder) == ["a.txt", "sub/b.md"]


def test_a_file_is_called_by_its_own_name(folder):
    assert docs(folder / "sub" / "b.md") == ["b.md"]


def test_a_glob_is_resolved(folder):
    assert docs(f"{folder}/**/*.md") == ["README.md", "b.md"]


def test_where_a_linked_out_leads_and_is_built_is_not_read(folder):
    for name in ("runs/o1", "runs/o1.partial"):
        (folder / name).mkdir(parents=True)
        (folder / name / "text.txt").write_text("x", "utf-8")
    (folder / "out").symlink_to(folder / "runs" / "o1")
    assert not [found.doc for found in discover([str(folder)], folder / "out") if "o1" in found.doc]


def test_out_and_its_partial_are_not_read(folder):
    for name in ("out", "out.partial"):
        (folder / name).mkdir()
        (folder / name / "x.txt").write_text("甲", "utf-8")
    assert docs(folder, out=folder / "out") == ["a.txt", "sub/b.md"]


def test_folders_of_runs_are_not_read(folder):
    (folder / "earlier").mkdir()
    (folder / "earlier" / "run.json").write_text("{}", "utf-8")
    (folder / "earlier" / "x.txt").write_text("甲", "utf-8")
    assert docs(folder) == ["a.txt", "sub/b.md"]


def test_the_folder_of_a_run_is_no_input(folder):
    (folder / "run.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="kanwu check"):
        docs(folder)


def test_two_inputs_of_one_name_are_refused(folder):
    (folder.parent / "b.md").write_text("乙", "utf-8")
    with pytest.raises(InputError, match=r"both be called b\.md"):
        docs(folder / "sub" / "b.md", folder.parent / "b.md")


def test_nothing_to_read_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        docs(tmp_path / "missing")
    with pytest.raises(InputError, match="nothing to read"):
        docs(tmp_path)


def test_files_come_in_the_order_of_their_docs_one_after_the_other(tmp_path):
    names = ["a-b/x.txt", "a.txt", "a/x.txt", "a/y/z.md", "ab.txt", "b.jsonl.gz"]
    for name in reversed(names):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("甲", "utf-8")
    (tmp_path / "aa.txt").write_text("甲", "utf-8")
    found = [f.doc for f in walk([str(tmp_path / "in"), str(tmp_path / "aa.txt"), str(tmp_path / "in")])]
    assert found == sorted([*names, "aa.txt"])


def test_the_suffix_of_a_compressed_table_has_two_parts(tmp_path):
    assert suffix_of(tmp_path / "a.b.JSONL.GZ") == ".jsonl.gz"
    assert suffix_of(tmp_path / "a.tar.gz") == ".gz"
