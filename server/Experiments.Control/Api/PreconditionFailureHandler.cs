using Experiments.Control.Auditing;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>A change of a state that is no more: 412.</summary>
internal sealed class PreconditionFailureHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not PreconditionFailedException)
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = StatusCodes.Status412PreconditionFailed, Detail = exception.Message },
        });
        return true;
    }
}
