package io.github.itemseal.client;

/**
 * Whether the SDK on the class path has the vector search of DynamoDB, which came long after the
 * oldest SDK that the library works with. Stateless.
 */
final class VectorSearch {
  private static final boolean IN_SDK = isPresent();

  private VectorSearch() {}

  static boolean isInSdk() {
    return IN_SDK;
  }

  private static boolean isPresent() {
    try {
      Class.forName(
          "software.amazon.awssdk.services.dynamodb.model.SearchVectorsRequest",
          false,
          VectorSearch.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
