package io.github.itemseal.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What to do after an item that fails. */
enum OnError {
  /** End there. */
  STOP,
  /** Leave it out. */
  SKIP,
  /** Write the error in its place. */
  REPORT;

  /** Reads the lower-case words of the command line. */
  static final class Converter implements ITypeConverter<OnError> {
    @Override
    public OnError convert(String word) {
      return Arrays.stream(values())
          .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException("expected stop, skip or report"));
    }
  }
}
