using Experiments.Cli;

return await CliProgram.RunAsync(args);
