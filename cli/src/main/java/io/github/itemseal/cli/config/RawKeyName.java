package io.github.itemseal.cli.config;

import java.nio.charset.StandardCharsets;

/** The fields {@code namespace} and {@code name}, under which items name a key of the user's. */
record RawKeyName(String namespace, String name) {
  static final String NAMESPACE = "namespace";
  static final String NAME = "name";

  private static final String OF_KMS = "aws-kms";
  private static final int MAX_BYTES = 65_000;

  static RawKeyName from(ConfigNode.Fields fields) {
    ConfigNode namespace = fields.required(NAMESPACE, "whose key it is; items name it");
    if (namespace.text().equals(OF_KMS)) {
      throw namespace.error("belongs to the keys of AWS KMS", "choose another namespace");
    }
    return new RawKeyName(
        requireShort(namespace),
        requireShort(fields.required(NAME, "which key of the namespace it is; items name it")));
  }

  private static String requireShort(ConfigNode node) {
    if (node.text().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw node.error("is longer than items can hold", "at most %s bytes".formatted(MAX_BYTES));
    }
    return node.text();
  }
}
