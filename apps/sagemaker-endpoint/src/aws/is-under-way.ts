/** States that an endpoint passes through while it is made or changed. */
const UNDER_WAY = ["Creating", "Updating", "SystemUpdating", "RollingBack"];

/** Whether an endpoint in this state is being made or changed. */
export function isUnderWay(status: string | undefined): boolean {
  return status !== undefined && UNDER_WAY.includes(status);
}
