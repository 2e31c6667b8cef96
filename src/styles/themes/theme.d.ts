/** So that type checkers find something where a look is imported. */
export {};
