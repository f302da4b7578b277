package io.github.itemseal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static String piped;
  private static String onTerminal;

  @BeforeAll
  static void runBothWays() {
    piped = run(false, false);
    onTerminal = run(true, true);
  }

  @Test
  void demo_firstItem_showsEveryTypeWithActionStoredFormAndPlaintext() {
    assertRow("parcel", "SIGN_ONLY \\(key\\)", "S +PX-1001", "S +PX-1001");
    assertRow("leg", "SIGN_ONLY \\(key\\)", "N +1", "N +1");
    assertRow("carrier", "SIGN_ONLY", "S +North Ferry", "S +North Ferry");
    assertRow("depot", "DO_NOTHING", "S +Bay 7", "S +Bay 7");
    assertEncrypted("address", 48, "S +Flat 4, 12 Harbour Street");
    assertEncrypted("weight", 32, "N +12.75");
    assertEncrypted("insured", 32, "BOOL +true");
    assertEncrypted("returnTo", 32, "NULL +null");
    assertEncrypted("phones", 64, "SS +\\{01632 960001, 960002\\}");
    assertEncrypted("doorCodes", 48, "NS +\\{4711, 90210\\}");
    assertEncrypted("seal", 32, "B +c0ffee5ea1");
    assertEncrypted("photos", 48, "BS +\\{ffd8ffe0, ffd8ffe1\\}");
    assertEncrypted("route", 64, "L +\\[quay 3, 2, shed B\\]");
    assertEncrypted("customs", 128, "M +\\{goods: \\[\\{count: 2, what:");
  }

  @Test
  void demo_formatAttributes_areExplained() {
    assertThat(piped)
        .containsPattern(
            "\\*amzn-ddb-map-sig\\* +B +[0-9a-f]{13}\\.\\. +32 bytes +signs the table's")
        .containsPattern("\\*amzn-ddb-map-desc\\* +B +0{13}\\.\\. +189 bytes +says how to get")
        .containsPattern("amzn-ddb-wrap-alg +AESWrap")
        .doesNotContain("version");
  }

  @Test
  void demo_query_isPlaintextForOneClientAndCiphertextForTheOther() {
    assertThat(piped)
        .containsPattern("1 +North Ferry +Flat 4, 12 Harbour Street +[0-9a-f]{13}\\.\\. +48 bytes")
        .containsPattern(
            "2 +Tyne Couriers +Locker 31, Central Station +[0-9a-f]{13}\\.\\. +64 bytes");
  }

  @Test
  void demo_tamperedItems_areRefusedWithTheirReason() {
    assertThat(piped)
        .containsPattern("sets carrier .* refused: NOT_AUTHENTIC")
        .containsPattern("swaps in address .* refused: NOT_AUTHENTIC")
        .containsPattern("flips one bit .* refused: NOT_AUTHENTIC")
        .containsPattern("sets depot .* reads Bay 9: DO_NOTHING protects nothing")
        .contains("ItemAuthenticationException: The item of table 'Parcels' failed authentication")
        .contains("UnsupportedRequestException: An update of table 'Parcels'");
  }

  @Test
  void demo_piped_isAsciiWithoutColorsAndFitsTheWidth() {
    assertThat(piped).matches("[\\n -~]+");
    assertThat(piped.lines()).allMatch(line -> line.length() <= Console.WIDTH);
    assertThat(piped.lines()).noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void demo_onTerminal_differsByColorsAndLineDrawingOnly() {
    assertThat(onTerminal).contains("\u001B[32mENCRYPT_AND_SIGN\u001B[0m", "─", "…");
    List<String> plain =
        onTerminal
            .replaceAll("\u001B\\[[0-9]*m", "")
            .replace('─', '-')
            .lines()
            .map(DemoTest::withoutCiphertext)
            .toList();
    assertThat(plain).isEqualTo(piped.lines().map(DemoTest::withoutCiphertext).toList());
  }

  private static String withoutCiphertext(String line) {
    return line.replaceAll("[0-9a-f]{13}(…|\\.\\.) +", "* ");
  }

  private static void assertEncrypted(String name, int bytes, String plaintext) {
    assertRow(name, "ENCRYPT_AND_SIGN", "B +[0-9a-f]{13}\\.\\. +" + bytes + " bytes", plaintext);
  }

  private static void assertRow(String... cells) {
    assertThat(piped).containsPattern("\\n  " + String.join(" +", cells) + "\\n");
  }

  private static String run(boolean color, boolean unicode) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Demo.run(out, color, unicode);
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
