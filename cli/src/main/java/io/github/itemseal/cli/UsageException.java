package io.github.itemseal.cli;

/** The command cannot start, or cannot go on, for a reason outside the items: exit 2. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  UsageException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
