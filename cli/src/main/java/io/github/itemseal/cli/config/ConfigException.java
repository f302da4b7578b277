package io.github.itemseal.cli.config;

/** The configuration cannot be used. The message is one line: where, and what is wrong. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  ConfigException(String path, String problem, String hint) {
    super((path.isEmpty() ? "--config" : path) + ": " + problem);
    this.hint = hint;
  }

  /** The same with what led to it. */
  ConfigException causedBy(Exception cause) {
    initCause(cause);
    return this;
  }

  /** What to do about it, one line. */
  public String hint() {
    return hint;
  }
}
