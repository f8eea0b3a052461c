"""Settings, read from the environment or a `.env` file; nothing else in the program looks there."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from patent2tech.errors import NotConfigured

_MEGABYTE = 1024 * 1024


def default_data_dir() -> Path:
    """The user's data folder by the XDG base directory specification."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "patent2tech"


class Settings(BaseSettings):
    """What an operator can set; every field names its variable, and works without it."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default_factory=default_data_dir,
        validation_alias="P2T_DATA_DIR",
        description="Folder for the embedded database and all files.",
    )
    cache_dir: Path | None = Field(
        default=None,
        validation_alias="P2T_CACHE_DIR",
        description="Folder for results that can be computed again, such as text read from drawings; unset, a folder "
        "in the data folder.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="A PostgreSQL server to use in place of the embedded one, postgresql://user:password@host/name.",
    )
    mode: Literal["single"] = Field(
        default="single",
        validation_alias="P2T_MODE",
        description="`single`: one user on this machine, no login, bound to 127.0.0.1.",
    )
    port: int = Field(
        default=8321, ge=0, le=65535, validation_alias="P2T_PORT", description="Port of `serve`; 0 takes a free one."
    )
    max_content_length: int = Field(
        default=200 * _MEGABYTE,
        gt=0,
        validation_alias="MAX_CONTENT_LENGTH",
        description="Largest upload in bytes.",
    )
    dask_scheduler: str | None = Field(
        default=None,
        validation_alias="P2T_DASK_SCHEDULER",
        description="Dask scheduler whose workers parse imports, tcp://host:8786; they see the same files as we do.",
    )
    sandbox: Literal["auto", "sandlock", "bubblewrap", "docker", "none"] = Field(
        default="auto",
        validation_alias="P2T_SANDBOX",
        description="What confines generated code; `auto` takes the first that passes its self-test, `none` runs none.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias="OPENAI_API_KEY",
        description="Key of OpenAI, or of the server at OPENAI_BASE_URL; without a model everything is read by rules.",
    )
    openai_base_url: str | None = Field(
        default=None,
        validation_alias="OPENAI_BASE_URL",
        description="An OpenAI-compatible server to ask in place of OpenAI (vLLM, Ollama, llama.cpp), http://host:8000/v1.",
    )
    anthropic_api_key: SecretStr | None = Field(
        default=None,
        validation_alias="ANTHROPIC_API_KEY",
        description="Key of Anthropic, for models named `anthropic:NAME` (install `patent2tech[anthropic]`).",
    )
    google_api_key: SecretStr | None = Field(
        default=None,
        validation_alias="GOOGLE_API_KEY",
        description="Key of the Gemini API, for models named `google:NAME` (install `patent2tech[google]`).",
    )
    analysis_model: str | None = Field(
        default=None,
        validation_alias="P2T_ANALYSIS_MODEL",
        description="Model that analyses patents; with a key of OpenAI alone it is gpt-4.1-mini.",
    )
    code_model: str | None = Field(
        default=None,
        validation_alias="P2T_CODE_MODEL",
        description="Model that writes code; by default the one that analyses.",
    )
    model_timeout: float = Field(
        default=120.0,
        gt=0,
        validation_alias="P2T_MODEL_TIMEOUT",
        description="Seconds that one question to a model may take, with all its retries.",
    )
    context_tokens: int | None = Field(
        default=None,
        ge=2048,
        validation_alias="P2T_CONTEXT_TOKENS",
        description="Tokens that the model takes; by default what its provider publishes, 16384 where nobody does.",
    )
    budget_usd: Decimal | None = Field(
        default=None,
        ge=0,
        validation_alias="P2T_BUDGET_USD",
        description="The most US dollars that all model calls of a calendar month (UTC) may cost; no limit by default.",
    )
    model_prices: dict[str, tuple[Decimal, Decimal]] = Field(
        default_factory=dict,
        validation_alias="P2T_MODEL_PRICES",
        description='US dollars for a million tokens in and out, as JSON: {"my-model": [0.1, 0.4]}; they come first.',
    )
    index_uri: str | None = Field(
        default=None,
        validation_alias="P2T_INDEX_URI",
        description="Place of the search index: a folder or s3://bucket/prefix; unset, a folder in the data folder.",
    )
    embedding_model: str = Field(
        default="use-multilingual-v3",
        validation_alias="P2T_EMBEDDING_MODEL",
        description="Makes vectors for search: the built-in model, openai:MODEL, or st:MODEL with the extra embed.",
    )
    rerank_model: Literal["multilingual-e5-small", "none"] = Field(
        default="multilingual-e5-small",
        validation_alias="P2T_RERANK_MODEL",
        description="Reads the first hits of a search again, as far as its slow vectors are made; `none` turns it off.",
    )
    sandbox_cgroup: str = Field(
        default="",
        validation_alias="P2T_SANDBOX_CGROUP",
        description="Control group handed to the program, by its path below /sys/fs/cgroup; each run gets one in it.",
    )
    sandbox_image: str = Field(
        default="patent2tech-sandbox",
        validation_alias="P2T_SANDBOX_IMAGE",
        description="Image of the runs under `docker`: python3 with the packages for generated code, node, gcc, g++.",
    )
    sandbox_runtime: str | None = Field(
        default=None,
        validation_alias="P2T_SANDBOX_RUNTIME",
        description="Runtime of the runs under `docker`: `runsc` puts gVisor between them and the kernel.",
    )
    docker_host: str = Field(
        default="unix:///var/run/docker.sock",
        validation_alias="DOCKER_HOST",
        description="Socket of the container engine for runs under `docker`; only unix sockets are used.",
    )
    ocr: Literal["offline", "google"] = Field(
        default="offline",
        validation_alias="P2T_OCR",
        description="What reads text on drawing sheets; `google` sends them to Google Cloud Vision.",
    )
    google_application_credentials: Path | None = Field(
        default=None,
        validation_alias="GOOGLE_APPLICATION_CREDENTIALS",
        description="Service account file for Google Cloud Vision, used with P2T_OCR=google.",
    )
    vision_url: str = Field(
        default="https://vision.googleapis.com",
        validation_alias="P2T_VISION_URL",
        description="Another endpoint of the Vision API, such as a regional one.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", validation_alias="LOG_LEVEL", description="What is logged to standard error."
    )


def keep_to_one_thread() -> None:
    """Let linear algebra run in the thread that asks; to be called before numpy is imported, and obeys who set more.

    On two busy cores two threads embedded 4 texts a second and one 47; and a process that forks while such threads
    work can wait for them for ever.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        NotConfigured: when a variable has a value that cannot be; the message names it.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = ".".join(map(str, first["loc"]))
        raise NotConfigured(f"the setting {variable} is wrong: {first['msg']}; correct it or leave it unset") from None
