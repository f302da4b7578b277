package io.github.itemseal.cli;

/**
 * A text is not an item in DynamoDB JSON. The message says what is wrong and where: by attribute
 * names, list positions and byte offsets, never by a value.
 */
public final class DynamoDbJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  DynamoDbJsonException(String path, String problem) {
    super(
        path.isEmpty() ? "The item " + problem + "." : "Attribute '" + path + "' " + problem + ".");
    this.path = path;
  }

  /** Where, such as {@code address.lines[2]}; empty for the item as a whole. */
  public String path() {
    return path;
  }
}
