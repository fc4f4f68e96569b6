package mutants

// What is broken of an office's first day.
var ofTheFirstDay = []mutant{
	{"what comes first stands in the way of a demo", "handlers/office/first_steps.go",
		"p.Demo || settings.StepsHidden", "settings.StepsHidden", "./e2e/office:TestFirstSteps"},
	{"what was put away is there", "handlers/office/first_steps.go",
		"p.Demo || settings.StepsHidden", "p.Demo", "./e2e/office:TestFirstSteps"},
	{"what is done stays on the desk", "handlers/office/first_steps.go",
		"!slices.ContainsFunc(steps, func(s templates.FirstStep) bool { return !s.Done })", "!slices.ContainsFunc(steps, func(s templates.FirstStep) bool { return true })", "./e2e/office:TestFirstSteps"},
	{"a step is ticked whatever the file says", "handlers/office/first_steps.go",
		"step(stepRegister, registered)", "step(stepRegister, registered || true)", "./e2e/office:TestFirstSteps"},
}
