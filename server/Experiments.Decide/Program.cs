using Experiments.Decide;

return await DecideProgram.RunAsync(args);
