package io.github.itemseal.materials;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;

/**
 * One version of a material in a MetaStore. In an item it is the text {@code name#version}, so a
 * name has no {@code #}.
 *
 * @param name not empty, without {@code #}
 * @param version 0 and up
 */
record MaterialId(String name, long version) {
  private static final char SEPARATOR = '#';

  MaterialId {
    requireName(name);
    if (version < 0) {
      throw new IllegalArgumentException(
          "Versions of a material begin with 0, there is no version %s.".formatted(version));
    }
  }

  /**
   * The name itself.
   *
   * @throws IllegalArgumentException if it is empty or contains {@code #}
   */
  static String requireName(String name) {
    if (name.isEmpty() || name.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException(
          "A material name is not empty and contains no '#', which separates it from the version.");
    }
    return name;
  }

  /**
   * The version of material {@code name} that an item's description names.
   *
   * <p>The name must be the wanted one: keys of another material are nothing that a writer to the
   * table may choose, even where the same MetaStore holds them.
   *
   * @throws MalformedItemException if the description has no such entry, or one that cannot be read
   * @throws MaterialsUnavailableException if it names another material
   */
  static MaterialId of(String name, MaterialDescription description, FailureSubject subject) {
    requireName(name);
    String text = textIn(description, subject);
    int separator = text.indexOf(SEPARATOR);
    long version = versionFrom(text, separator + 1);
    if (separator < 1 || version < 0) {
      throw new MalformedItemException(
          FailureReason.DESCRIPTION_MALFORMED,
          subject,
          "The %s has a material description whose entry '%s' is not a material name, '#' and a version."
              .formatted(subject.describe(), DescriptionEntries.META_ID));
    }
    if (separator != name.length() || !text.startsWith(name)) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIALS_MISMATCH,
          subject,
          "The %s was written with another material of a MetaStore than '%s'."
              .formatted(subject.describe(), name),
          null);
    }
    return new MaterialId(name, version);
  }

  /**
   * The entry itself.
   *
   * @throws MalformedItemException if the description has none
   */
  static String textIn(MaterialDescription description, FailureSubject subject) {
    return description
        .get(DescriptionEntries.META_ID)
        .orElseThrow(
            () ->
                new MalformedItemException(
                    FailureReason.DESCRIPTION_INCOMPLETE,
                    subject,
                    "The %s has no material description entry '%s', so it was not written with keys of a MetaStore, or was changed."
                        .formatted(subject.describe(), DescriptionEntries.META_ID)));
  }

  /** The plain decimal number from {@code begin} on, without leading zeros; -1 if it is none. */
  private static long versionFrom(String text, int begin) {
    int digits = text.length() - begin;
    if (digits < 1 || digits > 19 || (digits > 1 && text.charAt(begin) == '0')) {
      return -1;
    }
    long version = 0;
    for (int i = begin; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      version = version * 10 + digit; // 19 digits may overflow, once, to a negative number
    }
    return version < 0 ? -1 : version;
  }

  /** As items carry it. */
  String text() {
    return name + SEPARATOR + version;
  }

  /** For messages. */
  String describe() {
    return "version %s of material '%s'".formatted(version, name);
  }
}
