package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of a PartiQL statement is found where it is certain, and only there. */
class StatementTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM \"Log\" | Log",
        "select a, b from Log where a = 1 | Log",
        "SELECT * FROM \"Log\".\"byCity\" WHERE city = 'from People' | Log",
        "SELECT * FROM Log.byCity | Log",
        "SELECT \"from\" FROM \"Log\" | Log",
        "SELECT * FROM \"my-log.1\" | my-log.1",
        "INSERT INTO \"Log\" VALUE {'id': 'it''s'} | Log",
        "UPDATE \"Log\" SET a = 'UPDATE' WHERE id = '1' | Log",
        "DELETE FROM Log WHERE id = ? | Log",
        "SELECT * FROM \"arn:aws:dynamodb:eu-west-1:000000000000:table/Log\""
            + " | arn:aws:dynamodb:eu-west-1:000000000000:table/Log",
      })
  void find_oneTable_isFound(String statement, String table) {
    assertThat(StatementTable.find(statement)).contains(table);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EXISTS(SELECT * FROM \"Log\" WHERE id = '1')",
        "SELECT * FROM Log, People",
        "SELECT * FROM \"Log\" , \"People\"",
        "SELECT * FROM Log WHERE a IN (SELECT a FROM People)",
        "SELECT * FROM Log -- FROM People",
        "SELECT * FROM /* Log */ People",
        "SELECT * FROM Log; SELECT * FROM People",
        "SELECT * FROM my-log",
        "SELECT * FROM arn:aws:dynamodb:eu-west-1:000000000000:table/Log",
        "SELECT * FROM \"arn:aws:dynamodb:eu-west-1:000000000000:table/Log/index/byCity\"",
        "SELECT * FROM \"Log",
        "SELECT * FROM 'Log'",
        "SELECT * FROM `Log`",
        "SELECT * FROM \"Lo\"\"g\"",
        "SELECT * FROM ?",
        "SELECT *",
        "INSERT \"Log\" VALUE {}",
        "UPDATE",
        "DELETE \"Log\"",
        "DROP TABLE Log",
        "UPDATE Log SET a = 1 UPDATE People SET a = 1",
        "SELECT * FROM L\u00f6g",
      })
  void find_tableNotCertain_isNotFound(String statement) {
    assertThat(StatementTable.find(statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "''", "\"", " ", "-"})
  void find_longLiteral_isFoundWithoutDeepRecursion(String repeated) {
    String literal = repeated.repeat(100_000);
    assertThat(StatementTable.find("SELECT * FROM \"Log\" WHERE id='" + literal + "'"))
        .contains("Log");
  }
}
