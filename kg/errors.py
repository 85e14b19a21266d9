"""One small tree of exceptions. Each message says what, where and what to do."""


class KgError(Exception):
    """Anything that goes wrong by the user's input or machine; its text is for the user."""


class InputError(KgError):
    """An input that cannot be read: missing, empty, binary, too large, broken."""


class RulesError(KgError):
    """A rule file that is wrong; the message names the file and the line."""


class ModelError(KgError):
    """A spaCy pipeline that is not installed or lacks a component."""


class PluginError(KgError):
    """A plug-in that is not installed, or cannot be started."""


class OutputError(KgError):
    """A place that cannot be written to."""


class QueryError(KgError):
    """An unknown query name, a broken query, or one that is not allowed."""


class ProcessError(KgError):
    """Processes to read with that cannot be started."""


class StoreError(KgError):
    """A store of documents that cannot be opened: another program's, a newer version's, or in use."""


class VocabularyError(KgError):
    """A term that the vocabulary does not have."""


class ServeError(KgError):
    """A graph that cannot be served: the port is taken, or the graph cannot be opened."""
