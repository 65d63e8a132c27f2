using System.CommandLine;
using Experiments.Cli.Api;
using Experiments.Cli.Output;

namespace Experiments.Cli.Commands;

/// <summary>What commands are made from.</summary>
internal sealed class CommandHost(GlobalOptions options, Terminal terminal)
{
    /// <summary>Gives a command what it does.</summary>
    /// <param name="command">Which.</param>
    /// <param name="run">Answers the exit code.</param>
    /// <param name="waits">Whether it waits for answers as long as it takes, unless <c>--timeout</c> is given.</param>
    public Command With(Command command, Func<CommandContext, Task<int>> run, bool waits = false)
    {
        // Inside the parser's own invocation, which ends the process by itself where a cancelled command does not end.
        command.SetAction((parsed, cancellation) => CommandGuard.RunAsync(terminal, async () =>
        {
            using var api = new ApiClient(options.ApiSettings(parsed, waits));
            int exitCode = await run(new CommandContext(parsed, options, api, terminal, cancellation));
            await terminal.Out.FlushAsync(cancellation);
            return exitCode;
        }));
        return command;
    }
}
