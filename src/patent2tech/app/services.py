"""Every service, built once, from the settings, when it is first needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from patent2tech.app.present import now, version
from patent2tech.errors import NotConfigured
from patent2tech.patents import Figure, Part, Patent
from patent2tech.settings import Settings

if TYPE_CHECKING:
    from patent2tech.analysis import Analyst
    from patent2tech.analysis.kept import KeptAnalyses
    from patent2tech.codegen import CodeBuilder
    from patent2tech.codegen.shelf import CodeShelf
    from patent2tech.figures.ocr import TextReader
    from patent2tech.library import Library
    from patent2tech.library.importing import Importer
    from patent2tech.llm.client import ModelClient
    from patent2tech.llm.ledger import Ledger
    from patent2tech.sandbox import ChosenSandbox
    from patent2tech.search import Search
    from patent2tech.search.background import BackgroundIndexing
    from patent2tech.search.embedding import Embedder
    from patent2tech.search.evaluation import Trial
    from patent2tech.search.index import Document
    from patent2tech.search.indexing import Indexer, IndexProgress
    from patent2tech.search.lance import IndexPlace, LanceIndex
    from patent2tech.shape.modeller import Modeller
    from patent2tech.store import Database
    from patent2tech.store.derived import Derived
    from patent2tech.techpack.makers import Maker
    from patent2tech.techpack.packing import Packer


class Services:
    """All services of one installation; close it, or use it in a `with` statement."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.version = version()

    @cached_property
    def database(self) -> Database:
        """The open database."""
        from patent2tech.store import open_database

        url = self.settings.database_url
        return open_database(url.get_secret_value() if url else None, self.settings.data_dir)

    @cached_property
    def library(self) -> Library:
        """The patents that are kept."""
        from patent2tech.library import Library
        from patent2tech.store import BlobStore

        return Library(self.database, BlobStore(self.settings.data_dir / "blobs"), describe)

    @cached_property
    def derived(self) -> Derived:
        """Results that took long and can be computed again."""
        from patent2tech.store.derived import Derived

        return Derived(self.settings.cache_dir or self.settings.data_dir / "derived")

    @cached_property
    def importer(self) -> Importer:
        """Keeps documents."""
        from patent2tech.library.bulk import Workshop
        from patent2tech.library.importing import Importer

        folder = self.settings.data_dir
        fresh = self.settings.database_url is None and not (folder / "postgres").exists()
        workshop = Workshop(folder / "importing", self.settings.dask_scheduler, fresh)
        return Importer(lambda: self.library, workshop)

    @cached_property
    def sandbox(self) -> ChosenSandbox:
        """Where generated code is run, or not at all."""
        from patent2tech.sandbox import ChosenSandbox, DockerSandbox

        settings = self.settings
        docker = DockerSandbox(settings.docker_host, settings.sandbox_image, settings.sandbox_runtime)
        return ChosenSandbox(settings.sandbox, docker, settings.sandbox_cgroup)

    @cached_property
    def analysis_model(self) -> ModelClient | None:
        """The model that analyses patents, if one is configured.

        Raises:
            NotConfigured: when the packages of its provider are not installed.
        """
        return self._model(self.settings.analysis_model)

    @cached_property
    def code_model(self) -> ModelClient | None:
        """The model that writes code, if one is configured; by default the one that analyses.

        Raises:
            NotConfigured: when the packages of its provider are not installed.
        """
        name = self.settings.code_model
        return self.analysis_model if name in {None, self.settings.analysis_model} else self._model(name)

    @cached_property
    def ledger(self) -> Ledger:
        """What was spent on models."""
        from patent2tech.llm.opening import ledger_of

        return ledger_of(self.settings, self.database, now)

    @cached_property
    def coder(self) -> CodeBuilder:
        """Writes code for patents."""
        from patent2tech.codegen import CodeBuilder
        from patent2tech.codegen.testing import SandboxTester

        return CodeBuilder(lambda: self.code_model, SandboxTester(self.sandbox, self.derived), self.derived)

    @cached_property
    def code_shelf(self) -> CodeShelf:
        """The code that was written for kept patents."""
        from patent2tech.codegen.shelf import CodeShelf

        return CodeShelf(lambda: self.database)

    @cached_property
    def embedder(self) -> Embedder:
        """Turns texts into vectors."""
        from patent2tech.search.embedding import choose_embedder

        return choose_embedder(self.settings.embedding_model, lambda _: self.embedding_model)

    @cached_property
    def second_model(self) -> Embedder | None:
        """Reads the first hits of a search again, where it is installed and not turned off."""
        from patent2tech.search.embedding import choose_second

        return choose_second(self.settings.rerank_model)

    @cached_property
    def embedding_model(self) -> ModelClient:
        """The model that P2T_EMBEDDING_MODEL names as `openai:MODEL`."""
        from patent2tech.llm.opening import open_embedding_model

        name = self.settings.embedding_model.partition(":")[2]
        return open_embedding_model(self.settings, name, self.database, now)

    @cached_property
    def index(self) -> IndexPlace:
        """The search index; call it to open it."""
        from patent2tech.search.lance import IndexPlace

        return IndexPlace(self.settings.index_uri or str(self.settings.data_dir / "index"), lambda: self.embedder)

    @cached_property
    def indexer(self) -> Indexer:
        """Keeps the index like the library."""
        from patent2tech.library.changes import Changes
        from patent2tech.search.embedding.cache import EmbeddingCache
        from patent2tech.search.indexing import Indexer

        database = self.library.database
        cache = EmbeddingCache(database, self.embedder)
        second = EmbeddingCache(database, self.second_model) if self.second_model else None
        return Indexer(Changes(database), self.index, cache, _expiry, second)

    @cached_property
    def indexing(self) -> BackgroundIndexing:
        """Indexes beside everything else, for servers."""
        from patent2tech.search.background import BackgroundIndexing

        return BackgroundIndexing(lambda: self.indexer)

    @cached_property
    def search(self) -> Search:
        """Answers questions."""
        return self._search(self.index)

    @contextmanager
    def trial_of(self, documents: Sequence[Document], progress: Callable[[str], None]) -> Iterator[Trial]:
        """The same search over documents that are in no library, for evaluation."""
        from patent2tech.search.embedding.cache import EmbeddingCache
        from patent2tech.search.evaluation import Trial
        from patent2tech.search.evaluation.building import read_again, temporary_index

        database, second = self.library.database, self.second_model
        with temporary_index(documents, EmbeddingCache(database, self.embedder), progress) as index:

            def read(keys: Collection[str]) -> None:
                if second:
                    some = [document for document in documents if document.key in keys]
                    read_again(index, some, EmbeddingCache(database, second), progress)

            yield Trial(self._search(lambda: index), read if second else None)

    def _search(self, index: Callable[[], LanceIndex]) -> Search:
        from patent2tech.search import Search
        from patent2tech.search.translation import Translator

        return Search(index, self.embedder, Translator(), lambda: now().date(), self.second_model)

    def rebuild_index(self, progress: Callable[[IndexProgress], None]) -> int:
        """Make the index anew with the embedder that is set, and give the number of patents."""
        count = self.indexer.rebuild(self.index.begin_anew, progress)
        self.index.forget()
        return count

    @cached_property
    def analyst(self) -> Analyst:
        """Says what a patent teaches, with a model if one is configured.

        Raises:
            NotConfigured: when the packages of the model's provider are not installed.
        """
        from patent2tech.analysis import Analyst

        return Analyst(self.analysis_model, derived=self.derived)

    @cached_property
    def analyses(self) -> KeptAnalyses:
        """Analyses and questions that were given out."""
        from patent2tech.analysis.kept import KeptAnalyses

        return KeptAnalyses(self.database)

    @cached_property
    def modeller(self) -> Modeller:
        """Rebuilds solids from figures."""
        from patent2tech.shape.modeller import Modeller

        return Modeller(self.derived, self.reader)

    @cached_property
    def makers(self) -> tuple[Maker, ...]:
        """Who adds parts to a pack beside the reading, in the order of the parts."""
        from patent2tech.techpack.analysing import AnalysisMaker
        from patent2tech.techpack.code import CodeMaker
        from patent2tech.techpack.figures import FiguresMaker
        from patent2tech.techpack.solid import ModelMaker

        return (
            FiguresMaker(self.derived, self.reader),
            AnalysisMaker(lambda: self.analyst),
            CodeMaker(self.coder),
            ModelMaker(self.modeller),
        )

    @cached_property
    def reader(self) -> TextReader:
        """What reads text on drawing sheets.

        Raises:
            NotConfigured: when Google Cloud Vision was chosen and has no credentials.
        """
        from patent2tech.figures.google_vision import GoogleVisionReader
        from patent2tech.figures.ocr import OfflineReader

        if self.settings.ocr == "offline":
            return OfflineReader()
        credentials = self.settings.google_application_credentials
        if credentials is None:
            raise NotConfigured(
                "P2T_OCR=google needs GOOGLE_APPLICATION_CREDENTIALS, the path of a service account file from the "
                "Google Cloud console; P2T_OCR=offline reads on this machine"
            )
        return GoogleVisionReader(credentials, self.settings.vision_url)

    @cached_property
    def packer(self) -> Packer:
        """Makes tech packs."""
        from patent2tech.techpack.packing import Packer

        return Packer(self.library, self.version, now, self.makers)

    def _model(self, name: str | None) -> ModelClient | None:
        from patent2tech.llm.opening import choose, open_model

        choice = choose(self.settings, name)
        return None if choice is None else open_model(self.settings, choice, self.database, now)

    def close(self) -> None:
        """Give back what was opened."""
        for model in ("analysis_model", "code_model", "embedding_model"):
            if (client := self.__dict__.get(model)) is not None:
                client.close()
        if "indexing" in self.__dict__:
            self.indexing.close()
        if "database" in self.__dict__:
            self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def describe(patent: Patent) -> tuple[Sequence[Figure], Sequence[Part]]:
    """The figures and parts that a patent's text names."""
    from patent2tech.reading import figures_and_parts

    return figures_and_parts(patent)


def _expiry(patent: Patent) -> dt.date | None:
    from patent2tech.reading.status import estimate_status

    return estimate_status(patent, now().date()).expires
