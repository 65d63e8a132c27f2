using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Experiments.Cli.Commands;
using Experiments.Cli.Output;

namespace Experiments.Cli;

/// <summary>The program: arguments in, an exit code out.</summary>
internal static class CliProgram
{
    private const string Description = """
        Manages the feature flags and experiments of an Experiments server.

        Data goes to standard output, messages to standard error.

        Exit codes:
          0  fine
          1  refused by the server, or not found
          2  wrong usage
          3  cannot reach the server
          4  conflict: changed in the meantime, or taken
        """;

    // "@FILE" is an argument of our own; the parser would read it as a file of arguments.
    private static readonly ParserConfiguration s_parsing = new() { ResponseFileTokenReplacer = null };

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Terminal.OfProcess());

    private static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        ParseResult parsed = CreateRoot(terminal).Parse(args, s_parsing);
        if (parsed.Action is ParseErrorAction)
        {
            return Refuse(parsed, terminal);
        }

        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = terminal.Out,
            Error = terminal.Error,
        };
        return await CommandGuard.RunAsync(terminal, async () =>
        {
            int exitCode = await parsed.InvokeAsync(invocation);
            await terminal.Out.FlushAsync();
            return exitCode;
        });
    }

    private static RootCommand CreateRoot(Terminal terminal)
    {
        var options = new GlobalOptions();
        var host = new CommandHost(options, terminal);
        var root = new RootCommand(Description)
        {
            ListCommand.Create(host),
            GetCommand.Create(host),
            FlagCommand.Create(host),
            ExperimentCommand.Create(host),
            DecideCommand.Create(host),
            ExplainCommand.Create(host),
            ExportCommand.Create(host),
            ApplyCommand.Create(host),
            DiffCommand.Create(host),
            PublishCommand.Create(host),
            RollbackCommand.Create(host),
            PromoteCommand.Create(host),
            PruneCommand.Create(host),
            StoreCommands.CreateBackup(host),
            StoreCommands.CreateRestore(host),
            StoreCommands.CreateMigrate(host),
        };
        options.AddTo(root);
        return root;
    }

    private static int Refuse(ParseResult parsed, Terminal terminal)
    {
        foreach (ParseError error in parsed.Errors)
        {
            terminal.Say(error.Message);
        }

        terminal.Say($"see: {CommandPath(parsed.CommandResult)} --help");
        return ExitCode.Usage;
    }

    private static string CommandPath(SymbolResult command) => command switch
    {
        CommandResult { Parent: { } parent, Command: var sub } => $"{CommandPath(parent)} {sub.Name}",
        _ => "experiments",
    };
}
