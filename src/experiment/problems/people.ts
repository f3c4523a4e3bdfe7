/** What can be wrong with what tables tell of the people of a study: their ids, their age, their sex. */
import type { ProblemWords } from "./words";

export const PEOPLE_PROBLEMS = {
  "people.age": {
    message:
      "The {column} of {count} of {people} {people|person|people} is not a number: {values} ({names}).",
    remedy: "Correct it, or leave it empty.",
  },
  "people.decimal-comma": {
    message:
      "The {column} of {count} of {people} {people|person|people} has a decimal comma: {values} ({names}).",
    remedy: "Write decimals with a point: spreadsheets do it when the language of the file is English.",
  },
  "people.age-or-more": {
    message:
      "The {column} of {count} of {people} {people|person|people} stands for itself and more: {values} ({names}).",
    remedy: "The number itself is taken.",
  },
  "people.age-unknown": {
    message: "The {column} of {count} of {people} {people|person|people} is not known ({names}).",
    remedy: "They are left out where ages are compared, and nowhere else.",
  },
  "people.sex": {
    message:
      "The {column} of {count} of {people} {people|person|people} is none of F, M, female, male, other and n/a: {values} ({names}).",
    remedy: "Write one of these words, or leave it empty.",
  },
  "people.sex-unknown": {
    message:
      "The {column} of {count} of {people} {people|person|people} is not known, or neither F nor M ({names}).",
    remedy: "They are left out where the sexes are compared, and nowhere else.",
  },
  "people.sex-uncounted": {
    message:
      "The {column} of {count} of {people} {people|person|people} is not known, or neither F nor M ({names}).",
    remedy: "They are in neither of the two counts.",
  },
  "ids.no-name": {
    message:
      "{count} of {of} {of|session|sessions} {count|has|have} an id that cannot be the name of a folder ({names}).",
    remedy: "Ids have letters, digits, `_`, `-`, `.` and `+`: correct them.",
  },
  "ids.spelt-in-two-ways": {
    message:
      "{count} of {all} {all|session|sessions} {count|is|are} spelt otherwise in {other}: {here} here, {there} there. They differ in {difference}.",
    remedy: "They are taken for the same: each can mean one only. Write the ids alike.",
  },
  "ids.otherwise-in-labels": {
    message:
      "The ids of {count} of {all} {all|session|sessions} are spelt otherwise in {other}: {here} here, {there} there. They differ in {difference}.",
    remedy: "Write the ids alike: that table tells their {columns}.",
  },
  "ids.none-meet": {
    message:
      "None of the ids of {all} {all|session|sessions} is in {other}: here it is {here} for instance, there {there}.",
    remedy: "Give two tables of the same people, or write the ids alike.",
  },
  "ids.not-in-table": {
    message: "{count} of {all} {all|session|sessions} {count|is|are} not in {other} ({names}).",
    remedy: "Nothing else is known of {count|it: it is|them: they are} counted, without age and sex.",
  },
  "ids.not-in-caps": {
    message:
      "The ids of {count} of {sessions} {sessions|session|sessions} of the tables do not meet the folders of {caps}: the table says {here}, the folder is {there}. They differ in {difference}[ ({names})].",
    remedy:
      "Write the ids in the tables as the folders are named; in a spreadsheet, import these columns as text.",
  },
  "ids.none-in-caps": {
    message:
      "The ids of the tables and the folders of {caps} do not meet: none of {sessions} {sessions|session|sessions} is there. The table says {here} for instance, a folder is {there}.",
    remedy: "Give the CAPS of these people, or write the ids in the tables as the folders are named.",
  },
  "ids.otherwise-in-bids": {
    message:
      "{count} of {people} {people|id|ids} of the table {count|is spelt otherwise than its folder|are spelt otherwise than their folders}: {here} in the table, {there} as a folder. They differ in {difference}.",
    remedy: "They are taken for the same: each can mean one folder only.",
  },
  "ids.none-in-bids": {
    message:
      "The ids of the table and the folders beside it do not meet: none of {people} {people|participant|participants} has one. The table says {here} for instance[, a folder is {there}].",
    remedy: "Write the ids in the table as the folders are named.",
  },
  "ids.no-folder": {
    message:
      "{count} of {sessions} {sessions|session|sessions} of the tables {count|has|have} no folder in {caps} ({names}).",
    remedy: "Run Clinica's {pipeline} on them, or remove their rows.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
