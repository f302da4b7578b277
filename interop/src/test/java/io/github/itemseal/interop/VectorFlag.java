package io.github.itemseal.interop;

import java.util.Map;
import java.util.TreeMap;

/** Why a vector exists, and what a reader suffers that gets it wrong. */
enum VectorFlag {
  OLD_CLIENT(
      "OldClient",
      "The stored item is exactly what the old Java client wrote.",
      "A reader that refuses it cannot read existing tables."),
  ORIGINAL(
      "Original",
      "The stored item is exactly what the original Database Encryption SDK wrote.",
      "A reader that refuses it cannot read existing tables."),
  DERIVED(
      "Derived",
      "The old Java client's item, rewritten in a way that its readers accept.",
      "A reader that refuses it cannot read what other versions or the Python client wrote."),
  FORGED(
      "Forged",
      "Made with the test keys, as no writer would make it; the original reads it where valid.",
      "A reader that differs in a valid one cannot read what other versions wrote; one that accepts"
          + " an invalid one trusts the holder of a key more than the format does."),
  HEADER(
      "Header",
      "Version, suite, legend, stored context or encrypted data keys of the header.",
      "A reader that is lenient takes two different items for the same, or fails with a raw"
          + " exception."),
  COMMITMENT(
      "Commitment",
      "Keys, tags and signature are right, the header's commitment to the data key is not.",
      "A reader that does not verify it can be given an item that opens under two data keys, as two"
          + " different texts."),
  CONTEXT(
      "Context",
      "Attributes in the encryption context, and what the reader must make of them again.",
      "A reader that differs derives other keys."),
  UNSIGNED(
      "Unsigned",
      "Attributes that are not signed, by name or by prefix.",
      "A reader that differs in what is unsigned cannot verify."),
  KEYRING(
      "Keyring",
      "One of the ways to wrap data keys.",
      "A reader that differs cannot open the data key."),
  VALUE(
      "Value",
      "Special values: every type, nesting, empty and unordered sets, Unicode, extreme numbers.",
      "A reader that differs verifies wrongly or returns another value."),
  DESCRIPTION_FORM(
      "DescriptionForm",
      "One of several ways to describe the same keys.",
      "A reader that knows one form only cannot read items of other versions."),
  ASYMMETRIC_SIGNATURE(
      "AsymmetricSignature",
      "Signed with a private key.",
      "A reader that differs verifies with the wrong algorithm."),
  MODIFIED_ITEM(
      "ModifiedItem",
      "Attributes changed, moved, added or dropped behind the signature's back.",
      "A reader that accepts it returns data that nobody with the keys wrote."),
  MODIFIED_SIGNATURE(
      "ModifiedSignature",
      "The signature is missing, of another type, or another one.",
      "A reader that accepts it returns data that nobody with the keys wrote."),
  MODIFIED_DESCRIPTION(
      "ModifiedDescription",
      "The material description, which no signature covers, was changed.",
      "A reader that is lenient lets an attacker choose keys or algorithms."),
  LENGTH(
      "Length",
      "A length or count claims more than there is.",
      "A reader that believes it allocates gigabytes, fails with a raw exception or hangs."),
  ALGORITHM(
      "Algorithm",
      "The description names an unknown, unfit or weak algorithm.",
      "A reader that obeys it can be made to verify or unwrap with an algorithm of the attacker's"
          + " choice."),
  MALFORMED_PLAINTEXT(
      "MalformedPlaintext",
      "Correctly encrypted and signed with the test keys, but what was encrypted is no value.",
      "A reader that is lenient returns a made-up value, fails with a raw exception or hangs."),
  MALFORMED_VALUE(
      "MalformedValue",
      "A signed value that DynamoDB would not store.",
      "A reader that goes on may take two different values for the same."),
  NOT_AN_ITEM(
      "NotAnItem",
      "Plaintext, of another format, or without the table's keys.",
      "A reader that accepts it returns unverified data.");

  private final String label;
  private final String description;
  private final String effect;

  VectorFlag(String label, String description, String effect) {
    this.label = label;
    this.description = description;
    this.effect = effect;
  }

  String label() {
    return label;
  }

  Map<String, Object> note() {
    return new TreeMap<>(Map.of("description", description, "effect", effect));
  }
}
