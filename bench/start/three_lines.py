import trackside

run = trackside.init(project="first")
run.log({"loss": 0.5})
run.finish()
