// Run once, by the image, when the database is made: the program's user, who may use its own database only.
db.getSiblingDB("zhitongche").createUser({
  user: "zhitongche",
  pwd: process.env.PROGRAM_PASSWORD,
  roles: [{ role: "readWrite", db: "zhitongche" }],
});
