package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The public API is a checked text file, so that nobody changes it unawares. */
class PublicApiTest {
  private static final Path FILE = Path.of("api", "itemseal.txt");

  @Test
  void publicApi_ofTheLibrary_isTheCheckedOne() throws IOException {
    String api = PublicApi.of(ItemEncryptor.class);
    if (Boolean.getBoolean("api.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, api);
    }
    assertThat(api)
        .as(
            "The public API differs from library/%s. If that is meant, run%n  mvn -B test -pl library -am"
                + " -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true%n"
                + "and commit the file, with a sentence in CHANGELOG.md.",
            FILE)
        .isEqualTo(Files.readString(FILE));
  }

  @Test
  void publicApi_ofTheLibrary_namesNoInternalPackage() throws IOException {
    assertThat(PublicApi.of(ItemEncryptor.class)).doesNotContain(".internal.");
  }
}
