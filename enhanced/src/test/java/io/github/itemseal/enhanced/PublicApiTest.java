package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.PublicApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The public API is a checked text file, so that nobody changes it unawares. */
class PublicApiTest {
  private static final Path FILE = Path.of("api", "itemseal-enhanced.txt");

  @Test
  void publicApi_ofTypedTables_isTheCheckedOne() throws IOException {
    String api = PublicApi.of(TypedActions.class);
    if (Boolean.getBoolean("api.update")) {
      Files.writeString(FILE, api);
    }
    assertThat(api)
        .as(
            "The public API differs from enhanced/%s. If that is meant, run%n  mvn -B test -pl enhanced -am"
                + " -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true%n"
                + "and commit the file, with a sentence in CHANGELOG.md.",
            FILE)
        .isEqualTo(Files.readString(FILE));
  }

  @Test
  void publicApi_ofTypedTables_namesNoInternalPackage() throws IOException {
    assertThat(PublicApi.of(TypedActions.class)).doesNotContain(".internal.");
  }
}
